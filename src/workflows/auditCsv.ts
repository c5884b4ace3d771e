import { csvRow } from '../shared/csv.ts'
import { dicomCodes, type AuditEntry } from '../shared/domain/audit.ts'

/** The whole trail as a table; its last hash is the head to keep elsewhere. */
export const auditCsv = (entries: readonly AuditEntry[]): string =>
  [
    csvRow(['number', 'at', 'event', 'dicom_code', 'subject', 'detail', 'previous', 'hash']),
    ...entries.map(({ number, at, event, subject, detail, previous, hash }) =>
      csvRow([
        number,
        at,
        event,
        dicomCodes[event],
        subject,
        JSON.stringify(detail),
        previous,
        hash,
      ]),
    ),
  ].join('')
