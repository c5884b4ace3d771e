/** The audit trail in words. */
import type { AuditEntry, AuditEvent, AuditHead } from '../../../shared/domain/audit.ts'

export const auditWords: Readonly<Record<AuditEvent, string>> = {
  import: 'Import',
  view: 'Film shown',
  predict: 'Films scored',
  verdict: 'Verdict',
  export: 'Export',
  threshold: 'Decision changed',
}

/** «films 3, as zip» */
export const auditDetail = (detail: AuditEntry['detail']): string =>
  Object.entries(detail)
    .map(
      ([name, value]) => `${name} ${typeof value === 'boolean' ? (value ? 'yes' : 'no') : value}`,
    ) // prettier-ignore
    .join(', ')

/** As `audit --head` takes it. */
export const headText = ({ entries, hash }: AuditHead): string => `${entries}:${hash}`
