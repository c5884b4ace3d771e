/** One training in the library. */
import { z } from 'zod'
import { Evaluation } from './evaluation.ts'
import { ModelSpec } from './modelSpec.ts'
import { SplitLeak } from './split.ts'
import { EpochReport, PartCounts, TrainingSettings } from './training.ts'

/** Longest name of a tag. */
export const tagLength = 40

/** What a person notes on a run. */
export const RunMarks = z.object({
  starred: z.boolean(),
  /** Out of sight, not deleted. */
  archived: z.boolean(),
  tags: z.array(z.string().trim().min(1).max(tagLength)).max(50),
  note: z.string().max(10_000),
})
export type RunMarks = z.infer<typeof RunMarks>

/** What is left out stays as it is. */
export const RunMarksChange = RunMarks.partial()
export type RunMarksChange = z.infer<typeof RunMarksChange>

export const noMarks: RunMarks = { starred: false, archived: false, tags: [], note: '' }

/** An epoch as the library keeps it. */
export const RunEpoch = EpochReport.extend({
  /** ISO 8601; older libraries do not know it. */
  endedAt: z.string().optional(),
})
export type RunEpoch = z.output<typeof RunEpoch>

export const RunStatus = z.enum([
  'queued',
  'running',
  'complete',
  'stopped',
  'failed',
  'interrupted',
  /** Others of its sweep were better, so it was not trained to the end. */
  'dropped',
])
export type RunStatus = z.infer<typeof RunStatus>

/** A run's place in a sweep. */
export const RunOfSweep = z.object({
  id: z.string(),
  name: z.string(),
  /** Of the configuration, from 1. */
  configuration: z.int(),
})

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
  epochs: z.array(RunEpoch),
  bestEpoch: z.int().optional(),
  films: PartCounts.optional(),
  /** Of the data set's version that it trained on. */
  datasetHash: z.string().optional(),
  /** What stands on both sides of its split, since a person insisted. */
  leak: SplitLeak.optional(),
  baselineAccuracy: z.number().optional(),
  test: Evaluation.nullable(),
  modelId: z.string().optional(),
  jobId: z.string().optional(),
  /** The sweep that it is part of; left out where it was started alone. */
  sweep: RunOfSweep.optional(),
  ...RunMarks.shape,
})
export type Run = z.output<typeof Run>

/** Whether it can go on from its last checkpoint. */
export const isResumable = ({ status }: Pick<Run, 'status'>): boolean =>
  status !== 'complete' && !isUnderWay({ status })

/** Whether it waits or trains. */
export const isUnderWay = ({ status }: Pick<Run, 'status'>): boolean =>
  status === 'queued' || status === 'running'
