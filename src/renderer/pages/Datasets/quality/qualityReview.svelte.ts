import type { JobSnapshot } from '../../../../shared/domain/job.ts'
import type { FindingKind } from '../../../../shared/domain/findingKind.ts'
import type { Decision, Finding, Quality, QualityFacts } from '../../../../shared/domain/quality.ts'
import type { Api } from '../../../api.ts'

const pageSize = 50
const isActive = ({ state }: JobSnapshot) => state.kind === 'running' || state.kind === 'queued'

type QualityApi = Pick<
  Api,
  | 'startQualityCheck'
  | 'cancelJob'
  | 'quality'
  | 'findings'
  | 'qualityFacts'
  | 'decideFindings'
  | 'editHistory'
  | 'undoEdit'
  | 'redoEdit'
>

/** Kinds whose findings are films of which one may stand for all. */
export const isCopy = (kind: FindingKind) => kind === 'duplicate' || kind === 'near-duplicate'

/** What a check found in a data set, gone through finding by finding. */
export class QualityReview {
  #quality = $state.raw<Quality | null | undefined>(undefined)
  #job = $state.raw<JobSnapshot | undefined>(undefined)
  #kind = $state.raw<FindingKind | undefined>(undefined)
  #page = $state.raw<readonly Finding[]>([])
  #first = 0
  #total = $state.raw(0)
  #index = $state.raw(0)
  #chosen = $state.raw(0)
  #undone = $state.raw<string | undefined>(undefined)
  #facts = $state.raw<QualityFacts | null>(null)
  /** Answers to an older wish are dropped. */
  #generation = 0

  /** Undefined until main has answered, null before the first check. */
  readonly quality = $derived(this.#quality)
  /** The check that waits or runs. */
  readonly job = $derived(this.#job)
  readonly kind = $derived(this.#kind)
  readonly total = $derived(this.#total)
  /** Of the finding shown, from 0. */
  readonly index = $derived(this.#index)
  readonly finding: Finding | undefined = $derived(this.#page[this.#index - this.#first])
  /** The film of the finding that keys act on. */
  readonly film = $derived(this.finding?.films[this.#chosen])
  readonly chosen = $derived(this.#chosen)
  /** Of the chosen film; null until they are read, and for a film that was not measured. */
  readonly facts = $derived(this.#facts)
  /** What the last undo or redo did, in words. */
  readonly undone = $derived(this.#undone)

  constructor(
    private readonly api: QualityApi,
    private readonly datasetId: string,
    /** Told when films were excluded or relabelled. */
    private readonly onChanged: () => void,
  ) {}

  async open() {
    this.#quality = await this.api.quality({ datasetId: this.datasetId })
    const [first] = this.#quality?.kinds ?? []
    if (first && !this.#kind) await this.choose(first.kind)
  }

  async start() {
    await this.api.startQualityCheck({ datasetId: this.datasetId })
  }

  async stop() {
    if (this.#job) await this.api.cancelJob({ jobId: this.#job.id })
  }

  /** Takes what main says of the jobs; reads anew when this data set's check has ended. */
  async follow(jobs: readonly JobSnapshot[]) {
    const before = this.#job
    this.#job = jobs.find(
      (job) => job.kind === 'quality' && job.subjectId === this.datasetId && isActive(job),
    )
    if (!before || this.#job) return
    this.#kind = undefined
    await this.open()
  }

  async choose(kind: FindingKind) {
    this.#kind = kind
    this.#page = []
    await this.show(0)
  }

  /** Shows the finding at an index; outside the list the nearest. */
  async show(index: number) {
    const generation = ++this.#generation
    const { datasetId } = this
    const kind = this.#kind
    if (kind === undefined) return
    const wanted = Math.max(0, Math.min(index, Math.max(0, this.#total - 1)))
    const isThere = this.#page[wanted - this.#first] !== undefined
    if (!isThere || this.#page[0]?.kind !== kind) {
      const from = Math.floor(wanted / pageSize) * pageSize
      const page = await this.api.findings({ datasetId, kind, offset: from, limit: pageSize })
      if (generation !== this.#generation) return
      this.#first = from
      this.#page = page.findings
      this.#total = page.total
    }
    this.#index = wanted
    await this.pick(0)
  }

  /** Moves the keys to a film of the finding. */
  async pick(film: number) {
    const { length } = this.finding?.films ?? []
    this.#chosen = Math.max(0, Math.min(film, length - 1))
    const imageId = this.film?.image.id
    const facts = imageId === undefined ? null : await this.api.qualityFacts({ imageId })
    if (this.film?.image.id === imageId) this.#facts = facts
  }

  /** Of the chosen film; «not an issue» is said of all films of the finding. Goes on to the next finding when none is left. */
  async decide(decision: Decision, className?: string) {
    const { finding, film } = this
    if (!finding || !film) return
    const films = decision === 'no-issue' ? finding.films : [film]
    await this.#take(
      finding,
      films.map(({ image }) => ({
        ...{ imageId: image.id, decision },
        ...(className !== undefined && { className }),
      })),
    )
  }

  /** Keeps the chosen film of a group of copies and excludes the others. */
  async keepAlone() {
    const { finding, film } = this
    if (!finding || !film) return
    await this.#take(
      finding,
      finding.films.map((other) => ({
        imageId: other.image.id,
        decision: other === film ? ('keep' as const) : ('exclude' as const),
      })),
    )
  }

  /** The data set's last change, whether it was a decision or not; or the one that was taken back last. */
  async reverse(kind: 'undo' | 'redo') {
    const { datasetId } = this
    const target = (await this.api.editHistory({ datasetId }))[kind]
    if (!target) {
      this.#undone = kind === 'undo' ? 'Nothing to undo' : 'Nothing to do again'
      return
    }
    await (kind === 'undo' ? this.api.undoEdit({ datasetId }) : this.api.redoEdit({ datasetId }))
    this.#undone = `${kind === 'undo' ? 'Undone' : 'Done again'}: ${target.title}`
    await this.#reload(this.#index)
  }

  async #take(
    { kind }: Finding,
    decisions: Parameters<QualityApi['decideFindings']>[0]['decisions'],
  ) {
    const { datasetId } = this
    await this.api.decideFindings({ datasetId, kind, decisions })
    this.#undone = undefined
    const at = this.#index
    const film = this.#chosen
    await this.#reload(at)
    const next = this.finding?.films.findIndex((other) => other.decision === undefined) ?? -1
    if (next >= 0) await this.pick(next)
    else if (at + 1 < this.#total) await this.show(at + 1)
    else await this.pick(film)
  }

  async #reload(index: number) {
    const { datasetId } = this
    this.#page = []
    const [quality] = await Promise.all([this.api.quality({ datasetId }), this.show(index)])
    this.#quality = quality
    this.onChanged()
  }
}
