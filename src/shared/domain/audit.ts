/** What was done with films and models, each event chained to the one before by SHA-256. Ids and counts only: no names, no paths. */
import { z } from 'zod'

/** DICOM's codes of audit events (PS3.16 CID 400) beside our own words. */
export const AuditEvent = z.enum(['import', 'view', 'predict', 'verdict', 'export', 'threshold'])
export type AuditEvent = z.infer<typeof AuditEvent>

export const dicomCodes: Readonly<Record<AuditEvent, string>> = {
  import: '110107',
  view: '110103',
  predict: '110100',
  verdict: '110100',
  export: '110106',
  threshold: '110100',
}

export const AuditEntry = z.object({
  /** From 1, without a gap. */
  number: z.int().min(1),
  /** ISO 8601. */
  at: z.string(),
  event: AuditEvent,
  /** What it was done to: an id of the library. */
  subject: z.string(),
  /** Plain figures and words that name nobody. */
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** SHA-256 of the entry before it; 64 zeros before the first. */
  previous: z.string().regex(/^[0-9a-f]{64}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** The end of the chain: kept elsewhere, it shows later that nothing before it was cut or written anew. */
export const AuditHead = z.object({ entries: z.int(), hash: z.string() })
export type AuditHead = z.infer<typeof AuditHead>

/** The chain followed from its beginning. */
export const AuditCheck = z.object({
  head: AuditHead,
  /** The first entry that does not fit, and why; undefined: the chain is whole. */
  broken: z.object({ number: z.int(), reason: z.string() }).optional(),
})
export type AuditCheck = z.infer<typeof AuditCheck>
