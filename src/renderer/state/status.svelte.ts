import type { AppStatus } from '../../shared/domain/status.ts'
import type { Api } from '../api.ts'

/** The engine's state and the jobs, as main streams them. */
export class Status {
  #status = $state.raw<AppStatus>({ engine: { kind: 'starting' }, jobs: [] })
  readonly engine = $derived(this.#status.engine)
  readonly jobs = $derived(this.#status.jobs)
  readonly activeJobs = $derived(
    this.jobs.filter(({ state }) => state.kind === 'running' || state.kind === 'queued'),
  )

  constructor(private readonly api: Pick<Api, 'watchStatus'>) {}

  /** Follows main until `signal` aborts. */
  async watch(signal: AbortSignal) {
    await this.api.watchStatus(undefined, {
      signal,
      onProgress: (status) => {
        this.#status = status
      },
    })
  }
}
