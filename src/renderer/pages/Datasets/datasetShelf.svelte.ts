import type { Dataset } from '../../../shared/domain/dataset.ts'
import type { JobSnapshot } from '../../../shared/domain/job.ts'
import type { Api } from '../../api.ts'

/** Makes a data set, or finds out something of one that its list entry tells. */
const makesDataset = ({ kind }: JobSnapshot) =>
  kind === 'import' || kind === 'samples' || kind === 'originals'
const isActive = ({ state }: JobSnapshot) => state.kind === 'running' || state.kind === 'queued'
export type HalfImport = Awaited<ReturnType<Api['listHalfImports']>>[number]

const remembered = 'datasets.selected'

/** The data sets of the library, the one shown, and those that are being made. */
export class DatasetShelf {
  #datasets = $state.raw<readonly Dataset[] | undefined>(undefined)
  #selectedId = $state.raw<string | undefined>(undefined)
  #making = $state.raw<readonly JobSnapshot[]>([])
  #halves = $state.raw<readonly HalfImport[]>([])
  #started = new Set<string>()

  /** Undefined until the library has answered. */
  readonly datasets = $derived(this.#datasets)
  readonly making = $derived(this.#making)
  /** Imports that ended too early and can be gone on with. */
  readonly halves = $derived(
    this.#halves.filter(({ id }) => !this.#making.some(({ subjectId }) => subjectId === id)),
  )
  readonly selected = $derived(
    this.#datasets?.find(({ id }) => id === this.#selectedId) ?? this.#datasets?.[0],
  )

  constructor(
    private readonly api: Pick<
      Api,
      | 'listDatasets'
      | 'renameDataset'
      | 'deleteDataset'
      | 'startSamples'
      | 'listHalfImports'
      | 'resumeImport'
      | 'discardImport'
      | 'readSetting'
      | 'writeSetting'
    >,
  ) {}

  /** Shows `wanted`, or else what was shown last. */
  async open(wanted?: string) {
    this.#selectedId = wanted ?? (await this.api.readSetting({ key: remembered })) ?? undefined
    await this.reload()
  }

  async reload() {
    this.#datasets = await this.api.listDatasets()
    this.#halves = await this.api.listHalfImports()
  }

  async select(datasetId: string) {
    this.#selectedId = datasetId
    await this.api.writeSetting({ key: remembered, value: datasetId })
  }

  /** A job that was started here: its data set is shown when it is done. */
  expect(jobId: string) {
    this.#started.add(jobId)
  }

  async resume(datasetId: string) {
    const { jobId } = await this.api.resumeImport({ datasetId })
    this.expect(jobId)
  }

  async discard(datasetId: string) {
    await this.api.discardImport({ datasetId })
    await this.reload()
  }

  async makeSamples(count: number, seed: number) {
    const { jobId } = await this.api.startSamples({ count, seed })
    this.expect(jobId)
  }

  /** Takes what main says of the jobs; lists anew when one that makes a data set has ended. */
  async follow(jobs: readonly JobSnapshot[]) {
    const makers = jobs.filter(makesDataset)
    const before = this.#making
    this.#making = makers.filter(isActive)
    const ended = makers.filter(
      (job) =>
        !isActive(job) && (this.#started.has(job.id) || before.some(({ id }) => id === job.id)),
    )
    if (ended.length === 0) return
    const mine = ended.find(({ id, state }) => this.#started.has(id) && state.kind === 'done')
    for (const { id } of ended) this.#started.delete(id)
    await this.reload()
    if (mine?.subjectId) await this.select(mine.subjectId)
  }

  async rename(datasetId: string, name: string) {
    await this.api.renameDataset({ datasetId, name })
    await this.reload()
  }

  async remove(datasetId: string) {
    await this.api.deleteDataset({ datasetId })
    await this.reload()
  }
}
