/** One training in the library. */
import { z } from 'zod'
import { Evaluation } from './evaluation.ts'
import { ModelSpec } from './modelSpec.ts'
import { EpochReport, PartCounts, TrainingSettings } from './training.ts'

export const RunStatus = z.enum([
  'queued',
  'running',
  'complete',
  'stopped',
  'failed',
  'interrupted',
])
export type RunStatus = z.infer<typeof RunStatus>

export const Run = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  datasetId: z.string().optional(),
  datasetName: z.string(),
  recipe: z.string(),
  status: RunStatus,
  /** Why it failed or what interrupted it. */
  reason: z.string().optional(),
  spec: ModelSpec,
  settings: TrainingSettings,
  params: z.int(),
  epochs: z.array(EpochReport),
  bestEpoch: z.int().optional(),
  films: PartCounts.optional(),
  baselineAccuracy: z.number().optional(),
  test: Evaluation.nullable(),
  modelId: z.string().optional(),
  jobId: z.string().optional(),
})
export type Run = z.output<typeof Run>
