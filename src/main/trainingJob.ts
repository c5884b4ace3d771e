import type { Run } from '../shared/domain/run.ts'
import type { TrainingProgress } from '../shared/domain/training.ts'
import { trainRun, type TrainOrder } from '../workflows/trainRun.ts'
import type { Context } from './context.ts'
import { trained, trainingProgress } from './jobWords.ts'

/** What trainings run with. */
export type TrainingPlace = Pick<Context, 'work' | 'jobs' | 'runChanges' | 'sweepChanges' | 'live'>

export interface TrainingJobOptions extends Omit<TrainOrder, 'runId'> {
  /** Of the job; 0 when left out. */
  readonly priority?: number
  /** Told when it has ended in any way, before the next job begins; with the cause where it failed. */
  readonly onEnd?: (failure?: unknown) => void
}

/** Queues the training of a run, or the rest of it; answers the job's id. */
export function startTrainingJob(
  { work, jobs, runChanges, sweepChanges, live }: TrainingPlace,
  run: Run,
  { priority = 0, onEnd, ...order }: TrainingJobOptions = {},
): string {
  const { store } = work
  const changed = () => {
    runChanges.notify()
    if (run.sweep) sweepChanges.notify()
  }
  const jobId = jobs.start({
    ...{ kind: 'training', title: `Training of ${run.name}`, subjectId: run.id, priority },
    onNeverRun: () => {
      store.runs.end(run.id, { status: 'stopped', reason: 'Cancelled before it began' })
      changed()
      onEnd?.()
    },
    run: async ({ signal, report }) => {
      const follow = (progress: TrainingProgress) => {
        if (progress.kind === 'batch') live.set(run.id, progress)
        const shown = trainingProgress(progress)
        if (shown) report(shown)
        // A sweep tells of whole epochs alone.
        if (progress.kind === 'epoch') changed()
        else runChanges.notify()
      }
      let failure: unknown
      try {
        const job = { signal, report: follow }
        return trained(await trainRun(work, { ...order, runId: run.id }, job))
      } catch (cause) {
        failure = cause
        throw cause
      } finally {
        live.delete(run.id)
        onEnd?.(failure)
        changed()
      }
    },
  })
  // It may have begun already, when nothing waited before it.
  store.runs.ofJob(run.id, jobId)
  return jobId
}
