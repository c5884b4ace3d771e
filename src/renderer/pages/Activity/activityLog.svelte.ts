import type { JobSnapshot } from '../../../shared/domain/job.ts'
import type { AppInfo } from '../../../shared/domain/status.ts'
import type { Api } from '../../api.ts'

const listed = 200

/** What ran and runs: the library's list, kept fresh by what main streams. */
export class ActivityLog {
  #stored = $state.raw<readonly JobSnapshot[] | undefined>(undefined)
  #about = $state.raw<AppInfo | undefined>(undefined)

  /** Ids of data sets whose import ended too early and can be gone on with. */
  #halves = $state.raw<ReadonlySet<string>>(new Set())
  /** By job, as main streams them. */
  #queue = $state.raw<ReadonlyMap<string, number>>(new Map())

  /** Undefined until the library has answered; what runs, what waits in its order, then the newest. */
  readonly jobs = $derived(this.#stored && inOrder(this.#stored, this.#queue))
  readonly about = $derived(this.#about)

  constructor(
    private readonly api: Pick<Api, 'listJobs' | 'about' | 'listHalfImports' | 'resumeImport'>,
  ) {}

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
    // An import that has just begun or ended may have taken or left something to go on with.
    else if (stored.some((job) => isTurn(job, fresh.get(job.id)))) await this.#findHalves()
  }

  /** Whether it is the last word on an import that ended too early and can be gone on with. */
  canResume(job: JobSnapshot): boolean {
    const { id, kind, subjectId } = job
    if (kind !== 'import' || subjectId === undefined || !this.#halves.has(subjectId)) return false
    // One that has just begun takes over what is there only when it has seen the folder.
    if (rank(job) < ended) return false
    return this.jobs?.find((job) => job.subjectId === subjectId)?.id === id
  }

  async resume({ subjectId }: JobSnapshot) {
    if (subjectId === undefined) return
    await this.api.resumeImport({ datasetId: subjectId })
    await this.#reload()
  }

  async #reload() {
    await this.#findHalves()
    this.#stored = await this.api.listJobs({ limit: listed })
  }

  async #findHalves() {
    const halves = await this.api.listHalfImports()
    this.#halves = new Set(halves.map(({ id }) => id))
  }
}

const isTurn = (before: JobSnapshot, after: JobSnapshot | undefined) =>
  after?.kind === 'import' && after.state.kind !== before.state.kind

const ended = 2

const rank = ({ state }: JobSnapshot) =>
  state.kind === 'running' ? 0 : state.kind === 'queued' ? 1 : ended

function inOrder(jobs: readonly JobSnapshot[], queue: ReadonlyMap<string, number>): JobSnapshot[] {
  const place = ({ id, state }: JobSnapshot) =>
    state.kind === 'queued' ? (queue.get(id) ?? queue.size) : 0
  return [...jobs].sort(
    (a, b) => rank(a) - rank(b) || place(a) - place(b) || b.createdAt.localeCompare(a.createdAt),
  )
}
