/** A sweep whose trainings are runs of the library. */
import { z } from 'zod'
import { RunStatus } from './run.ts'
import { SplitLeak } from './split.ts'
import { PlannedSweep, SweepConfiguration, SweepRow } from './sweep.ts'

/** Sweeps of higher priority train first; among equals they and single trainings take turns. */
export const Priority = z.int().min(-100).max(100)

/** A configuration as the library keeps it beside its runs. */
export const KeptConfiguration = SweepConfiguration.omit({ spec: true, runs: true })
export type KeptConfiguration = z.output<typeof KeptConfiguration>

/** What the library keeps of a sweep; how far it is, its runs tell. */
export const StoredSweep = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  datasetId: z.string().optional(),
  datasetName: z.string(),
  /** The YAML that it was written as. */
  text: z.string(),
  priority: Priority,
  halving: PlannedSweep.shape.halving,
  configurations: z.array(KeptConfiguration),
})
export type StoredSweep = z.output<typeof StoredSweep>

export const SweepState = z.enum(['waiting', 'training', 'paused', 'interrupted', 'ended'])
export type SweepState = z.output<typeof SweepState>

const progress = {
  state: SweepState,
  trainings: z.int(),
  complete: z.int(),
  failed: z.int(),
  dropped: z.int(),
  /** 0–1, by epochs. */
  progress: z.number().min(0).max(1),
}

/** A sweep in the list of all. */
export const SweepSummary = StoredSweep.pick({
  ...{ id: true, name: true, createdAt: true, datasetName: true, priority: true },
}).extend(progress)
export type SweepSummary = z.output<typeof SweepSummary>

const SweptTraining = z.object({
  runId: z.string(),
  name: z.string(),
  status: RunStatus,
  reason: z.string().optional(),
  /** Ended so far. */
  epochs: z.int(),
  ofEpochs: z.int(),
  /** The best so far. */
  valAccuracy: z.number().optional(),
})

/** A line of the sweep's table, while it trains and afterwards. */
export const SweptConfiguration = SweepRow.omit({ status: true, reason: true }).extend({
  priority: z.int(),
  /** As the status of a run; of several the one that says most. */
  status: RunStatus,
  trainings: z.array(SweptTraining),
})
export type SweptConfiguration = z.output<typeof SweptConfiguration>

export const LibrarySweep = StoredSweep.omit({ configurations: true }).extend({
  ...progress,
  /** What stood on both sides of the split of its trainings, where a person insisted. */
  leak: SplitLeak.optional(),
  configurations: z.array(SweptConfiguration),
})
export type LibrarySweep = z.output<typeof LibrarySweep>
