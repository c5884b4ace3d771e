import { createHash } from 'node:crypto'
import type { AuditCheck, AuditEntry, AuditHead } from '../shared/domain/audit.ts'

/** Before the first entry. */
export const START = '0'.repeat(64)

/** Over every field but the hash itself, in one fixed writing. */
export function hashOfEntry(entry: Omit<AuditEntry, 'hash'>): string {
  const { number, at, event, subject, detail, previous } = entry
  const text = JSON.stringify([number, at, event, subject, Object.entries(detail).sort(byName), previous]) // prettier-ignore
  return createHash('sha256').update(text).digest('hex')
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Follows a chain from its beginning. A chain alone cannot show that its end was cut off or that all of it was written
 * anew: for that `known`, a head that was kept elsewhere, must lie in it.
 */
export function checkChain(entries: Iterable<AuditEntry>, known?: AuditHead): AuditCheck {
  let head: AuditHead = { entries: 0, hash: START }
  let found = known === undefined || known.entries === 0
  for (const entry of entries) {
    const reason = misfit(entry, head)
    if (reason) return { head, broken: { number: head.entries + 1, reason } }
    head = { entries: entry.number, hash: entry.hash }
    if (known?.entries === entry.number) {
      if (known.hash !== entry.hash) {
        return { head, broken: { number: entry.number, reason: 'it is not the entry whose hash was kept: the trail was written anew' } } // prettier-ignore
      }
      found = true
    }
  }
  if (found) return { head }
  return { head, broken: { number: head.entries + 1, reason: `the trail ends here, but had ${known!.entries} entries: its end was cut off` } } // prettier-ignore
}

function misfit(entry: AuditEntry, before: AuditHead): string | undefined {
  if (entry.number !== before.entries + 1) return `it has the number ${entry.number}: an entry was taken out or moved` // prettier-ignore
  if (entry.previous !== before.hash) return 'it does not follow from the entry before it'
  const { hash, ...rest } = entry
  if (hash !== hashOfEntry(rest)) return 'it was changed: its hash is another'
  return undefined
}
