import { isUnderWay, type Run } from '../../../../shared/domain/run.ts'
import type { BatchProgress } from '../../../../shared/domain/training.ts'
import { isCancelled } from '../../../../shared/errors.ts'
import type { Api } from '../../../api.ts'
import { batchPoint, extendTrace, type BatchPoint } from './batchTrace.ts'

const quarterSecond = 250

/** One training as it runs: what main streams, at most four times a second. */
export class RunMonitor {
  #run: Run
  #live = $state.raw<BatchProgress | undefined>(undefined)
  #trace = $state.raw<readonly BatchPoint[]>([])
  #pending: readonly BatchPoint[] = []
  #lastLive: BatchProgress | undefined
  #shownAt = -Infinity
  #watch: AbortController | undefined

  /** Undefined unless it is training right now. */
  readonly live = $derived(this.#live)
  readonly trace = $derived(this.#trace)

  constructor(
    private readonly api: Pick<Api, 'watchRun' | 'resumeTraining' | 'cancelJob'>,
    run: Run,
    private readonly onrun: (run: Run) => void,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#run = $state.raw(run)
  }

  get run(): Run {
    return this.#run
  }

  /** Follows the run until it ended or `close` is called. */
  async watch() {
    this.#watch?.abort()
    const { signal } = (this.#watch = new AbortController())
    try {
      await this.api.watchRun(
        { runId: this.#run.id },
        {
          signal,
          onProgress: ({ run, live }) => {
            if (!signal.aborted) this.#take(run, live)
          },
        },
      )
    } catch (cause) {
      if (!isCancelled(cause)) throw cause
    }
  }

  #take(run: Run, live: BatchProgress | undefined) {
    const point = live && batchPoint(this.#lastLive, live)
    if (point) this.#pending = extendTrace(this.#pending, point)
    if (live) this.#lastLive = live
    const news = run.status !== this.#run.status || run.epochs.length !== this.#run.epochs.length
    const at = this.now()
    if (!news && at - this.#shownAt < quarterSecond) return
    this.#shownAt = at
    this.#run = run
    this.#live = isUnderWay(run) ? live : undefined
    this.#trace = this.#pending
    if (news) this.onrun(run)
  }

  /** Asks it to stop; the best epoch so far is kept. */
  async stop() {
    if (this.#run.jobId) await this.api.cancelJob({ jobId: this.#run.jobId })
  }

  /** Goes on from the last checkpoint. */
  async resume() {
    await this.api.resumeTraining({ runId: this.#run.id })
    await this.watch()
  }

  close() {
    this.#watch?.abort()
  }
}
