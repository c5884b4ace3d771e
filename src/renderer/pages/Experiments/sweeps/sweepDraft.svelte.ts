import type { Dataset } from '../../../../shared/domain/dataset.ts'
import type { SweepMistake, SweepPreview } from '../../../../shared/domain/sweepReading.ts'
import { toAppError } from '../../../../shared/errors.ts'
import type { Api } from '../../../api.ts'
import type { SweepField } from './sweepFields.ts'
import { withFieldText } from './sweepText.ts'

const remembered = { text: 'experiments.sweep', datasetId: 'experiments.sweep.dataset' }

const firstText = `name: Filters and dropout
base:
  spec: "C: 16n 16n D: 16R"
  input: 64x64x1
  epochs: 5
  batch: 16
grid:
  filters: [8, 16]
  dropout: [0, 0.25]
seeds: [1, 2]
`

/** A sweep as it is written, checked with each change. */
export class SweepDraft {
  #datasets = $state.raw<readonly Dataset[] | undefined>(undefined)
  #datasetId = $state.raw<string | undefined>(undefined)
  #text = $state.raw(firstText)
  #view = $state.raw<SweepPreview | SweepMistake | undefined>(undefined)
  #isOpen = $state(false)
  #asked = 0

  /** Whether it can be filled in: before, what is typed would be overwritten by what was left. */
  readonly isOpen = $derived(this.#isOpen)
  /** Undefined until the library has answered. */
  readonly datasets = $derived(this.#datasets)
  readonly datasetId = $derived(this.#datasetId)
  readonly text = $derived(this.#text)
  /** What would be trained; undefined while it is not known, or cannot be. */
  readonly preview = $derived(this.#view?.kind === 'preview' ? this.#view : undefined)
  readonly mistake = $derived(this.#view?.kind === 'mistake' ? this.#view : undefined)

  constructor(
    private readonly api: Pick<
      Api,
      'listDatasets' | 'planSweep' | 'startSweep' | 'readSetting' | 'writeSetting'
    >,
  ) {}

  /** Shows text and data set as they were left. */
  async open() {
    try {
      await this.#fill()
    } finally {
      this.#isOpen = true
    }
    await this.#check()
  }

  async #fill() {
    const [datasets, text, datasetId] = await Promise.all([
      this.api.listDatasets(),
      this.api.readSetting({ key: remembered.text }),
      this.api.readSetting({ key: remembered.datasetId }),
    ])
    this.#datasets = datasets
    const known = datasets.find(({ id }) => id === datasetId)
    const fitting = datasets.find(({ classes }) => classes.length >= 2)
    this.#datasetId = (known ?? fitting)?.id
    if (text !== null) this.#text = text
  }

  async choose(datasetId: string) {
    this.#datasetId = datasetId
    await Promise.all([
      this.#check(),
      this.api.writeSetting({ key: remembered.datasetId, value: datasetId }),
    ])
  }

  async write(text: string) {
    this.#text = text
    // The library takes no longer settings; a longer text is not remembered.
    const keep = text.length <= 10_000
    await Promise.all([
      this.#check(),
      ...(keep ? [this.api.writeSetting({ key: remembered.text, value: text })] : []),
    ])
  }

  async set(field: SweepField, typed: string) {
    await this.write(withFieldText(this.#text, field, typed))
  }

  /** Queues the trainings and resolves to the sweep; undefined when it is not ready. */
  async start(): Promise<string | undefined> {
    const datasetId = this.#datasetId
    if (datasetId === undefined || !this.preview) return undefined
    return (await this.api.startSweep({ datasetId, text: this.#text })).sweepId
  }

  async #check() {
    const asked = ++this.#asked
    const view = await this.#plan()
    // A later change may have been answered already.
    if (asked === this.#asked) this.#view = view
  }

  async #plan(): Promise<SweepPreview | SweepMistake | undefined> {
    const datasetId = this.#datasetId
    if (datasetId === undefined) return undefined
    try {
      return await this.api.planSweep({ datasetId, text: this.#text })
    } catch (cause) {
      const { code, message } = toAppError(cause)
      if (code !== 'BAD_INPUT' && code !== 'NOT_FOUND') throw cause
      return { kind: 'mistake', message }
    }
  }
}
