import type { JobSnapshot } from '../../../shared/domain/job.ts'
import type { Run } from '../../../shared/domain/run.ts'
import type { Api } from '../../api.ts'

const remembered = 'experiments.selected'
const newRunSubject = /^new(?::(.*))?$/

export type ExperimentView =
  | { readonly kind: 'new'; readonly datasetId?: string | undefined }
  | { readonly kind: 'run'; readonly run: Run }

/** The trainings of the library, and whether one of them or the form for a new one is shown. */
export class RunShelf {
  #runs = $state.raw<readonly Run[] | undefined>(undefined)
  #shown = $state.raw<{ runId?: string | undefined; datasetId?: string | undefined }>({})
  #jobs = ''

  /** Undefined until the library has answered. */
  readonly runs = $derived(this.#runs)
  readonly view: ExperimentView = $derived.by(() => {
    const run = this.#runs?.find(({ id }) => id === this.#shown.runId)
    return run ? { kind: 'run', run } : { kind: 'new', datasetId: this.#shown.datasetId }
  })

  constructor(
    private readonly api: Pick<
      Api,
      'listRuns' | 'renameRun' | 'deleteRuns' | 'readSetting' | 'writeSetting'
    >,
  ) {}

  /** `subject` is a run's id, or «new:» with a data set's id; without it, the run shown last. */
  async open(subject?: string) {
    const fresh = newRunSubject.exec(subject ?? '')
    if (fresh) this.#shown = { datasetId: fresh[1] }
    else {
      const last = subject ?? (await this.api.readSetting({ key: remembered }))
      this.#shown = { runId: last ?? undefined }
    }
    await this.reload()
    if (!fresh && this.view.kind === 'new') this.#shown = { runId: this.#runs?.[0]?.id }
  }

  async reload() {
    this.#runs = await this.api.listRuns()
  }

  showForm() {
    this.#shown = {}
  }

  async select(runId: string) {
    this.#shown = { runId }
    await this.api.writeSetting({ key: remembered, value: runId })
  }

  /** Shows a run that was just started. */
  async started(runId: string) {
    await this.reload()
    await this.select(runId)
  }

  /** Takes what the monitor saw, so that list and page tell the same. */
  update(run: Run) {
    this.#runs = this.#runs?.map((other) => (other.id === run.id ? run : other))
  }

  /** Lists anew when a training has begun or ended. */
  async follow(jobs: readonly JobSnapshot[]) {
    const trainings = jobs
      .filter(({ kind }) => kind === 'training')
      .map(({ id, state }) => `${id} ${state.kind}`)
      .join()
    if (trainings === this.#jobs) return
    this.#jobs = trainings
    if (this.#runs) await this.reload()
  }

  async rename(runId: string, name: string) {
    await this.api.renameRun({ runId, name })
    await this.reload()
  }

  /** Deletes runs; resolves to the bytes that were freed. */
  async remove(runIds: string[]): Promise<number> {
    const { bytesFreed } = await this.api.deleteRuns({ runIds })
    await this.reload()
    const isGone = this.#shown.runId !== undefined && runIds.includes(this.#shown.runId)
    if (isGone) this.#shown = { runId: this.#runs?.[0]?.id }
    return bytesFreed
  }
}
