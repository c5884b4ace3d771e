import type { Agreement } from '../../../shared/domain/agreement.ts'
import type { Api } from '../../api.ts'
import type { Notices } from '../../state/notices.svelte.ts'

/** Reader against model over the worklist, while somebody looks at it. */
export class ReaderAgreement {
  #figures = $state.raw<Agreement | undefined>()
  /** Undefined while nobody looks at them. */
  readonly figures = $derived(this.#figures)

  constructor(
    private readonly api: Pick<Api, 'agreement' | 'exportAgreement'>,
    private readonly notices: Notices,
  ) {}

  async open() {
    const found = await this.notices.attempt(() => this.api.agreement())
    if (found === undefined) return
    if (found) this.#figures = found
    else this.notices.tell('There is no model here that tells normal films from others.')
  }

  close() {
    this.#figures = undefined
  }

  async export() {
    const done = await this.notices.attempt(() => this.api.exportAgreement())
    if (done) this.notices.tell('The agreement table is exported.')
  }
}
