import { z } from 'zod'
import { AuditEntry, AuditEvent, type AuditHead } from '../shared/domain/audit.ts'
import { hashOfEntry, START } from './auditChain.ts'
import type { Database } from './database.ts'
import { json } from './row.ts'

const EntryRow = AuditEntry.extend({ detail: json(AuditEntry.shape.detail) })
const HeadRow = z.object({ entries: z.int(), hash: z.string() })

/** The audit trail; app and command line may add to it at once. */
export function auditStore(database: Database) {
  const last = database.prepare(
    'SELECT number AS entries, hash FROM audit ORDER BY number DESC LIMIT 1',
  )
  const insert = database.prepare(`INSERT INTO audit
    (number, at, event, subject, detail, previous, hash)
    VALUES (:number, :at, :event, :subject, :detail, :previous, :hash)`)
  const all = database.prepare('SELECT * FROM audit ORDER BY number')
  const newest = database.prepare('SELECT * FROM audit ORDER BY number DESC LIMIT :limit')
  const head = (): AuditHead =>
    HeadRow.optional().parse(last.get() ?? undefined) ?? { entries: 0, hash: START }
  return {
    head,
    /** Within the transaction of the act itself, where there is one. */
    append: (event: AuditEvent, subject: string, detail: AuditEntry['detail'] = {}): void => {
      database.transaction(() => {
        const { entries, hash: previous } = head()
        const at = new Date().toISOString()
        const entry = { number: entries + 1, at, event, subject, detail, previous }
        insert.run({ ...entry, detail: JSON.stringify(detail), hash: hashOfEntry(entry) })
      })
    },
    /** From the first on. */
    entries: (): AuditEntry[] => z.array(EntryRow).parse(all.all()),
    /** The newest first. */
    newest: (limit: number): AuditEntry[] => z.array(EntryRow).parse(newest.all({ limit })),
  }
}
