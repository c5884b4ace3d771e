import type { LostOriginal } from '../../../shared/domain/original.ts'
import type { Api } from '../../api.ts'

/** The originals of a data set: which are not what was imported, and how they are found again. */
export class Originals {
  #lost = $state.raw<readonly LostOriginal[]>([])
  readonly lost = $derived(this.#lost)

  constructor(
    private readonly api: Pick<
      Api,
      'lostOriginals' | 'startOriginalsCheck' | 'startRelink' | 'chooseSource'
    >,
    private readonly datasetId: string,
  ) {}

  async load() {
    this.#lost = await this.api.lostOriginals({ datasetId: this.datasetId })
  }

  /** Looks at all of them, as a job. */
  async check() {
    await this.api.startOriginalsCheck({ datasetId: this.datasetId })
  }

  /** Asks for a folder and looks for them there, as a job. */
  async relink() {
    const source = await this.api.chooseSource({ kind: 'folder' })
    if (source) await this.api.startRelink({ datasetId: this.datasetId, source: source.token })
  }
}
