/** Pages for people, and the audit trail. */
import { z } from 'zod'
import { AuditCheck, AuditEntry, AuditHead } from '../../domain/audit.ts'
import { ReportFormat } from '../../domain/exchange.ts'
import { MapChoice } from '../../domain/explanation.ts'
import { procedure } from '../../rpc/contract.ts'
import { id } from './fields.ts'

export const reportsContract = {
  /** Asks where to and writes a page on a film and Review's model, with a heat map; false when the person closed the dialog. */
  exportFilmReport: procedure({
    input: MapChoice.extend({ imageId: id, format: ReportFormat }),
    output: z.boolean(),
  }),
  /** The same of a model with every set that it was judged on. */
  exportModelReport: procedure({
    input: z.object({ modelId: id, format: ReportFormat }),
    output: z.boolean(),
  }),
  /** The newest entries of the audit trail, the newest first, and its end. */
  auditTrail: procedure({
    input: z.object({ limit: z.int().min(1).max(1000) }),
    output: z.object({ head: AuditHead, entries: z.array(AuditEntry) }),
  }),
  /** Follows the whole trail from its beginning. */
  checkAudit: procedure({ input: z.void(), output: AuditCheck }),
  /** Asks where to and writes all of the trail as CSV; false when the person closed the dialog. */
  exportAudit: procedure({ input: z.void(), output: z.boolean() }),
}
