/** What harms a training, found and decided on. */
import { z } from 'zod'
import { FindingKind } from '../../domain/findingKind.ts'
import { Decision, Finding, Quality, QualityFacts } from '../../domain/quality.ts'
import { procedure } from '../../rpc/contract.ts'
import { id } from './fields.ts'

export const qualityContract = {
  /** Measures films that were not measured yet and looks for what would harm a training. */
  startQualityCheck: procedure({
    input: z.object({ datasetId: id }),
    output: z.object({ jobId: z.string() }),
  }),
  /** What the last check found; null before the first. */
  quality: procedure({ input: z.object({ datasetId: id }), output: Quality.nullable() }),
  /** Findings of a kind with their films, the most pressing first. */
  findings: procedure({
    input: z.object({
      datasetId: id,
      kind: FindingKind,
      offset: z.int().min(0),
      limit: z.int().min(1).max(200),
    }),
    output: z.object({ total: z.int(), findings: z.array(Finding) }),
  }),
  /** What a film's pixels say of it; null where it was not measured. */
  qualityFacts: procedure({ input: z.object({ imageId: id }), output: QualityFacts.nullable() }),
  /** One edit, undone as one: films are excluded, kept or relabelled at once. */
  decideFindings: procedure({
    input: z.object({
      datasetId: id,
      kind: FindingKind,
      decisions: z
        .array(z.object({ imageId: id, decision: Decision, className: z.string().optional() }))
        .min(1)
        .max(1000),
    }),
    output: z.void(),
  }),
}
