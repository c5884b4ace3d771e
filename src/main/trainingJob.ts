import type { Run } from '../shared/domain/run.ts'
import type { TrainingProgress } from '../shared/domain/training.ts'
import { trainRun } from '../workflows/trainRun.ts'
import type { Context } from './context.ts'
import { trained, trainingProgress } from './jobWords.ts'

/** Queues the training of a run, or the rest of it; answers the job's id. */
export function startTrainingJob(
  { work, jobs, runChanges, live }: Context,
  run: Run,
  resume: boolean,
): string {
  const { store } = work
  const jobId = jobs.start({
    kind: 'training',
    title: `Training of ${run.name}`,
    subjectId: run.id,
    onNeverRun: () => {
      store.runs.end(run.id, { status: 'stopped', reason: 'Cancelled before it began' })
      runChanges.notify()
    },
    run: async ({ signal, report }) => {
      const follow = (progress: TrainingProgress) => {
        if (progress.kind === 'batch') live.set(run.id, progress)
        const shown = trainingProgress(progress)
        if (shown) report(shown)
        runChanges.notify()
      }
      try {
        return trained(await trainRun(work, { runId: run.id, resume }, { signal, report: follow }))
      } finally {
        live.delete(run.id)
        runChanges.notify()
      }
    },
  })
  // It may have begun already, when nothing waited before it.
  store.runs.ofJob(run.id, jobId)
  return jobId
}
