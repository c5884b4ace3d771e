import type { ImageRow } from '../../../shared/domain/dataset.ts'
import type { Api } from '../../api.ts'

export interface SheetRow {
  readonly className: string
  readonly images: readonly ImageRow[]
}

/** A few films of each class, drawn with a seed: the same seed shows the same films. */
export class SampleSheet {
  #rows = $state.raw<readonly SheetRow[] | undefined>(undefined)
  #perClass = $state.raw(6)
  #seed = $state.raw(1)
  #asked = 0
  readonly rows = $derived(this.#rows)
  readonly perClass = $derived(this.#perClass)
  readonly seed = $derived(this.#seed)

  constructor(
    private readonly api: Pick<Api, 'sampleSheet'>,
    private readonly datasetId: string,
  ) {}

  async draw({ perClass = this.#perClass, seed = this.#seed } = {}) {
    const asked = ++this.#asked
    this.#perClass = perClass
    this.#seed = seed
    const rows = await this.api.sampleSheet({ datasetId: this.datasetId, perClass, seed })
    if (asked === this.#asked) this.#rows = rows
  }

  async reshuffle() {
    await this.draw({ seed: this.#seed + 1 })
  }
}
