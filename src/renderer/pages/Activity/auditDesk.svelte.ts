import type { AuditCheck, AuditEntry, AuditHead } from '../../../shared/domain/audit.ts'
import type { Api } from '../../api.ts'

const step = 100
const most = 1000

/** The audit trail's newest entries, and whether its chain holds. */
export class AuditDesk {
  #limit = step
  #head = $state.raw<AuditHead | undefined>()
  #entries = $state.raw<readonly AuditEntry[]>([])
  #check = $state.raw<AuditCheck | undefined>()

  /** Undefined until the library has answered. */
  readonly head = $derived(this.#head)
  /** The newest first. */
  readonly entries = $derived(this.#entries)
  /** Undefined until the chain was followed. */
  readonly check = $derived(this.#check)
  /** Older entries can be listed still; beyond a thousand the table is exported. */
  readonly hasMore = $derived(
    this.#entries.length < Math.min(most, this.#head === undefined ? 0 : this.#head.entries),
  )

  constructor(private readonly api: Pick<Api, 'auditTrail' | 'checkAudit' | 'exportAudit'>) {}

  /** Lists the newest entries and follows the whole chain. */
  async open() {
    const { head, entries } = await this.api.auditTrail({ limit: this.#limit })
    this.#head = head
    this.#entries = entries
    this.#check = await this.api.checkAudit()
  }

  async more() {
    this.#limit = Math.min(most, this.#limit + step)
    await this.open()
  }

  /** The export itself becomes an entry. */
  async save() {
    if (await this.api.exportAudit()) await this.open()
  }
}
