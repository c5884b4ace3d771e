import type { JobSnapshot } from '../../shared/domain/job.ts'
import type { AppStatus } from '../../shared/domain/status.ts'
import type { Api } from '../api.ts'

type JobListener = (job: JobSnapshot) => void

const isActive = ({ state }: JobSnapshot) => state.kind === 'running' || state.kind === 'queued'

/** The engine's state and the jobs, as main streams them. */
export class Status {
  #status = $state.raw<AppStatus>({ engine: { kind: 'starting' }, jobs: [] })
  /** Jobs whose end was told already; undefined until main has spoken for the first time. */
  #ended: ReadonlySet<string> | undefined
  readonly #listeners = new Set<JobListener>()
  readonly engine = $derived(this.#status.engine)
  readonly jobs = $derived(this.#status.jobs)
  readonly activeJobs = $derived(this.jobs.filter(isActive))

  constructor(private readonly api: Pick<Api, 'watchStatus'>) {}

  /** Follows main until `signal` aborts. */
  async watch(signal: AbortSignal) {
    await this.api.watchStatus(undefined, {
      signal,
      onProgress: (status) => {
        this.#status = status
        this.#tellEnded(status.jobs.filter((job) => !isActive(job)))
      },
    })
  }

  /** Calls `listener` with every job that ends from now on; returns how to stop that. */
  onJobEnded(listener: JobListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #tellEnded(jobs: readonly JobSnapshot[]) {
    const told = this.#ended
    this.#ended = new Set(jobs.map(({ id }) => id))
    // What had ended before the window opened is no news.
    if (!told) return
    const news = jobs.filter(({ id }) => !told.has(id))
    for (const job of news) this.#listeners.forEach((listener) => listener(job))
  }
}
