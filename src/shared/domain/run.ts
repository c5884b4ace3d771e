/** One training in the library. */
import { z } from 'zod'
import { Evaluation } from './evaluation.ts'
import { ModelSpec } from './modelSpec.ts'
import { EpochReport, TrainingSettings } from './training.ts'

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
  films: z.object({ train: z.int(), validation: z.int(), test: z.int() }).optional(),
  baselineAccuracy: z.number().optional(),
  test: Evaluation.nullable(),
  modelId: z.string().optional(),
  jobId: z.string().optional(),
})
export type Run = z.output<typeof Run>

/** What a running training tells ≤ 10 times a second, beside the finished epochs. */
export const RunLive = z.object({
  epoch: z.int(),
  epochs: z.int(),
  batch: z.int(),
  batches: z.int(),
  loss: z.number(),
  accuracy: z.number(),
  imagesPerSecond: z.number(),
  secondsLeft: z.number(),
  memoryBytes: z.number(),
})
export type RunLive = z.infer<typeof RunLive>
