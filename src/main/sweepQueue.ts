/** Lets the sweeps of the library train: of each, one training at a time waits or runs, so that other work gets its turn. */
import { isResumable, isUnderWay } from '../shared/domain/run.ts'
import { isCancelled, toAppError, type ErrorCode } from '../shared/errors.ts'
import { nextStep } from '../workflows/sweep/nextStep.ts'
import { ownFailures } from '../workflows/sweep/runSweep.ts'
import { pausedAfter } from '../workflows/trainRun.ts'
import type { Context } from './context.ts'
import { startTrainingJob, type TrainingPlace } from './trainingJob.ts'

export type SweepQueue = ReturnType<typeof createSweepQueue>

/** A crash of the engine is met by starting it again. */
const goesOnAfter = (code: ErrorCode): boolean => ownFailures.has(code) || code === 'DISCONNECTED'

export function createSweepQueue(context: TrainingPlace & Pick<Context, 'desk'>) {
  const { desk, jobs, runChanges, sweepChanges } = context
  const { store } = desk
  interface Going {
    readonly jobId: string
    readonly runId: string
    readonly ended: Promise<void>
    isPausing: boolean
  }
  /** By sweep. */
  const going = new Map<string, Going>()

  /** Queues the sweep's next training, unless one waits or runs. */
  function advance(sweepId: string): void {
    const sweep = store.sweeps.find(sweepId)
    if (!sweep || going.has(sweepId)) return
    const runs = store.runs.ofSweep(sweepId)
    const step = nextStep(sweep, runs, queuedAlone())
    if (step.kind === 'drop') {
      store.transaction(() => {
        for (const id of step.runIds) {
          store.runs.end(id, { status: 'dropped', reason: step.reason })
        }
      })
      advance(sweepId)
    } else if (step.kind === 'train') {
      let end!: () => void
      const ended = new Promise<void>((resolve) => (end = resolve))
      const entry: Going = { jobId: '', runId: step.run.id, ended, isPausing: false }
      going.set(sweepId, entry)
      const jobId = startTrainingJob(context, step.run, {
        ...{ priority: sweep.priority, untilEpoch: step.untilEpoch, resume: true },
        isPause: () => going.get(sweepId)?.isPausing === true,
        onEnd: (failure) => {
          going.delete(sweepId)
          end()
          const { code, message } = toAppError(failure)
          if (failure !== undefined && !isCancelled(failure) && !goesOnAfter(code)) {
            hold(sweepId, `Paused, as a training failed: ${message}`)
          } else advance(sweepId)
        },
      })
      // Had it begun and ended within the call, there would be nothing left to cancel.
      if (going.get(sweepId) === entry) going.set(sweepId, { ...entry, jobId })
    }
  }

  /** Runs that wait in a job of their own. */
  const queuedAlone = () =>
    new Set(
      jobs
        .snapshots()
        .flatMap(({ state, subjectId }) =>
          state.kind === 'queued' && subjectId !== undefined ? [subjectId] : [],
        ),
    )

  /** What waits goes on when it is asked to. */
  function hold(sweepId: string, reason?: string) {
    const own = going.get(sweepId)?.runId
    const runs = store.runs.ofSweep(sweepId).filter(({ id }) => id !== own)
    store.transaction(() => {
      for (const { id, status, epochs } of runs) {
        if (status !== 'queued') continue
        store.runs.end(id, { status: 'stopped', reason: reason ?? pausedAfter(epochs.length) })
      }
    })
  }

  function changed() {
    runChanges.notify()
    sweepChanges.notify()
  }

  return {
    advance,
    /** Stops it; the training that runs ends within a batch, and its finished epochs are kept. */
    pause(sweepId: string) {
      hold(sweepId)
      const entry = going.get(sweepId)
      if (entry) {
        entry.isPausing = true
        jobs.cancel(entry.jobId)
      }
      changed()
    },
    /** Takes up what a pause, a crash or a failure left unfinished; answers which runs. */
    async resume(sweepId: string): Promise<string[]> {
      const entry = going.get(sweepId)
      if (entry?.isPausing) await entry.ended
      const runs = store.runs.ofSweep(sweepId)
      const unfinished = runs.filter((run) => isResumable(run) && run.status !== 'dropped')
      store.transaction(() => {
        for (const { id } of unfinished) store.runs.wait(id)
      })
      advance(sweepId)
      changed()
      return unfinished.map(({ id }) => id)
    },
    prioritise(sweepId: string, priority: number) {
      store.sweeps.prioritise(sweepId, priority)
      const entry = going.get(sweepId)
      if (entry) jobs.prioritise(entry.jobId, priority)
      changed()
    },
    isGoing: (sweepId: string): boolean => store.runs.ofSweep(sweepId).some(isUnderWay),
  }
}
