import type { ImageRow } from '../../../../shared/domain/dataset.ts'
import { channelsAtOnce, type LayerLook } from '../../../../shared/domain/look.ts'
import type { ModelSummary } from '../../../../shared/domain/modelSpec.ts'
import type { Run } from '../../../../shared/domain/run.ts'
import type { Api } from '../../../api.ts'

type Kind = LayerLook['kind']
type Layer = ModelSummary['layers'][number]

/** Pictures at image://augmented/<previewId>/<0 …>, the first of them of channel `first`. */
export interface LayerPictures {
  readonly previewId: string
  readonly pictures: number
  readonly channels: number
  readonly first: number
}

/** Films to choose from for feature maps. */
const filmsPerClass = 4

/** A look at one layer of a run's model at a time. */
export class LayerView {
  #layers = $state.raw<readonly Layer[]>([])
  #films = $state.raw<readonly ImageRow[]>([])
  #kind: Kind = $state('maps')
  #layer = $state.raw<string | undefined>(undefined)
  #filmId = $state.raw<string | undefined>(undefined)
  #first = $state(0)
  #shown = $state.raw<LayerPictures | undefined>(undefined)
  #isDrawing = $state(false)
  #asked = 0

  readonly kind = $derived(this.#kind)
  /** Those that have something of the kind to show. */
  readonly layers = $derived(this.#layers.filter((layer) => shows(this.#kind, layer)))
  readonly layer = $derived(this.#layer)
  readonly films = $derived(this.#films)
  readonly filmId = $derived(this.#filmId)
  /** Undefined until the first pictures are there. */
  readonly shown = $derived(this.#shown)
  readonly isDrawing = $derived(this.#isDrawing)
  readonly hasBefore = $derived((this.#shown?.first ?? 0) > 0)
  readonly hasMore = $derived(
    this.#shown !== undefined && this.#shown.first + this.#shown.pictures < this.#shown.channels,
  )

  constructor(
    private readonly api: Pick<Api, 'summarise' | 'sampleSheet' | 'lookInside'>,
    private readonly run: Pick<Run, 'spec' | 'datasetId'>,
    private readonly modelId: string,
  ) {}

  async open() {
    const { spec, datasetId } = this.run
    const [summary, sheet] = await Promise.all([
      this.api.summarise({ spec, batchSize: 1 }),
      datasetId === undefined
        ? []
        : this.api.sampleSheet({ datasetId, perClass: filmsPerClass, seed: 0 }),
    ])
    this.#layers = summary.layers
    this.#films = sheet.flatMap(({ images }) => images)
    this.#filmId = this.#films[0]?.id
    if (this.#films.length === 0) this.#kind = 'filters'
    await this.choose({})
  }

  /** Another kind, layer or film, from the first channel on. */
  async choose(change: { kind?: Kind; layer?: string; filmId?: string }) {
    this.#kind = change.kind ?? this.#kind
    this.#filmId = change.filmId ?? this.#filmId
    const wanted = change.layer ?? this.#layer
    const layer = this.layers.find(({ name }) => name === wanted) ?? this.layers[0]
    this.#layer = layer?.name
    this.#first = 0
    await this.#draw()
  }

  async page(by: 1 | -1) {
    this.#first = Math.max(0, this.#first + by * channelsAtOnce)
    await this.#draw()
  }

  async #draw() {
    const asked = ++this.#asked
    if (this.#layer === undefined) {
      this.#shown = undefined
      return
    }
    this.#isDrawing = true
    try {
      const first = this.#first
      const shown = await this.api.lookInside(this.#order(this.#layer, first))
      // A later choice may have been answered already.
      if (asked === this.#asked) this.#shown = { ...shown, first }
    } finally {
      if (asked === this.#asked) this.#isDrawing = false
    }
  }

  #order(layer: string, first: number) {
    const look: LayerLook =
      this.#kind === 'maximise'
        ? { kind: this.#kind, layer, first, seed: 1 }
        : { kind: this.#kind, layer, first }
    const film = this.#kind === 'maps' ? { imageId: this.#filmId } : {}
    return { modelId: this.modelId, look, ...film }
  }
}

const kernels: ReadonlySet<string> = new Set(['conv2d', 'depthwiseConv2d', 'separableConv2d'])

function shows(kind: Kind, { type, outputShape }: Layer): boolean {
  switch (kind) {
    case 'maps':
      return outputShape.length === 3
    case 'filters':
      return kernels.has(type)
    case 'maximise':
      return kernels.has(type) || type === 'dense'
  }
}
