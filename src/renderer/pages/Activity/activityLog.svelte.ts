import type { JobSnapshot } from '../../../shared/domain/job.ts'
import type { AppInfo } from '../../../shared/domain/status.ts'
import type { Api } from '../../api.ts'

const listed = 200

/** What ran and runs: the library's list, kept fresh by what main streams. */
export class ActivityLog {
  #stored = $state.raw<readonly JobSnapshot[] | undefined>(undefined)
  #about = $state.raw<AppInfo | undefined>(undefined)

  /** By job, as main streams them. */
  #queue = $state.raw<ReadonlyMap<string, number>>(new Map())

  /** Undefined until the library has answered; what runs, what waits in its order, then the newest. */
  readonly jobs = $derived(this.#stored && inOrder(this.#stored, this.#queue))
  readonly about = $derived(this.#about)

  constructor(private readonly api: Pick<Api, 'listJobs' | 'about'>) {}

  async open() {
    this.#about = await this.api.about()
    await this.#reload()
  }

  /** Takes what main streams; a job that the list lacks is read from the library. */
  async follow(jobs: readonly JobSnapshot[]) {
    const stored = this.#stored
    if (!stored) return
    const fresh = new Map(jobs.map((job) => [job.id, job]))
    this.#queue = new Map(jobs.map(({ id }, place) => [id, place]))
    this.#stored = stored.map((job) => fresh.get(job.id) ?? job)
    if (jobs.some(({ id }) => !stored.some((job) => job.id === id))) await this.#reload()
  }

  async #reload() {
    this.#stored = await this.api.listJobs({ limit: listed })
  }
}

const rank = ({ state }: JobSnapshot) =>
  state.kind === 'running' ? 0 : state.kind === 'queued' ? 1 : 2

function inOrder(jobs: readonly JobSnapshot[], queue: ReadonlyMap<string, number>): JobSnapshot[] {
  const place = ({ id, state }: JobSnapshot) =>
    state.kind === 'queued' ? (queue.get(id) ?? queue.size) : 0
  return [...jobs].sort(
    (a, b) => rank(a) - rank(b) || place(a) - place(b) || b.createdAt.localeCompare(a.createdAt),
  )
}
