import type { Api } from '../../api.ts'
import type { Notices } from '../../state/notices.svelte.ts'
import type { Status } from '../../state/status.svelte.ts'
import type { Worklist } from './worklist.svelte.ts'

const pollMs = 1000

/** Scores for the whole worklist, as a job in the background. */
export class Screening {
  #following = false
  readonly running = $derived.by(() =>
    this.status.activeJobs.some(({ kind }) => kind === 'screening'),
  )

  constructor(
    private readonly api: Pick<Api, 'startScreening'>,
    private readonly status: Pick<Status, 'activeJobs'>,
    private readonly worklist: Worklist,
    private readonly notices: Notices,
  ) {}

  /** Unless one runs, or nothing is left to score. */
  async start() {
    if (this.running || !this.worklist.model || this.worklist.unscored === 0) return
    const started = await this.notices.attempt(() => this.api.startScreening())
    if (started) await this.follow()
  }

  /** Fetches the scores that a screening has written, until it ends. */
  async follow() {
    if (this.#following) return
    this.#following = true
    do {
      await new Promise((resolve) => setTimeout(resolve, pollMs))
      await this.notices.attempt(() => this.worklist.refresh())
    } while (this.running)
    this.#following = false
  }
}
