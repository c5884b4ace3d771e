import type { JobSnapshot } from '../../../shared/domain/job.ts'
import type { Api } from '../../api.ts'
import type { Notices } from '../../state/notices.svelte.ts'

type ExportApi = Pick<Api, 'exportWorklist' | 'exportMarks' | 'exportFilmReport'>

/** What of the page goes into files, each with a word once it is written; nothing is said of a dialog that was closed. */
export class ReviewExports {
  constructor(
    private readonly api: ExportApi,
    private readonly notices: Notices,
  ) {}

  worklist = () => this.#write('The worklist is exported.', () => this.api.exportWorklist())

  marks = (format: 'csv' | 'json') =>
    this.#write('The measurements are exported.', () => this.api.exportMarks({ format }))

  filmReport = (order: Parameters<Api['exportFilmReport']>[0]) =>
    this.#write('The report is exported.', () => this.api.exportFilmReport(order))

  /** Of one that ran in the background. */
  tellOfEnd({ title, state }: JobSnapshot) {
    if (state.kind === 'done') this.notices.tell(`${title}: ${state.detail}.`)
    if (state.kind === 'failed') this.notices.report(new Error(`${title}: ${state.reason}`))
  }

  async #write(words: string, write: () => Promise<boolean>) {
    if (await this.notices.attempt(write)) this.notices.tell(words)
  }
}
