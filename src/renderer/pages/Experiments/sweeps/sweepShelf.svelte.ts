import type { JobSnapshot } from '../../../../shared/domain/job.ts'
import type { LibrarySweep, SweepSummary } from '../../../../shared/domain/librarySweep.ts'
import type { Api } from '../../../api.ts'

/** The sweeps of the library, and the one that is shown, as it trains. */
export class SweepShelf {
  #sweeps = $state.raw<readonly SweepSummary[] | undefined>(undefined)
  #shownId = $state.raw<string | undefined>(undefined)
  #shown = $state.raw<LibrarySweep | undefined>(undefined)
  #watching: AbortController | undefined
  #jobs = ''

  /** Undefined until the library has answered. */
  readonly sweeps = $derived(this.#sweeps)
  /** Undefined while the form for a new one is shown. */
  readonly shownId = $derived(this.#shownId)
  readonly shown = $derived(this.#shown?.id === this.#shownId ? this.#shown : undefined)

  constructor(
    private readonly api: Pick<
      Api,
      'listSweeps' | 'watchSweep' | 'pauseSweep' | 'resumeSweep' | 'prioritiseSweep' | 'deleteSweep'
    >,
  ) {}

  async reload() {
    this.#sweeps = await this.api.listSweeps()
  }

  showForm() {
    this.close()
    this.#shownId = undefined
  }

  /** Shows a sweep and follows it; resolves when it is shown no more. */
  async show(sweepId: string) {
    this.close()
    this.#shownId = sweepId
    const watching = new AbortController()
    this.#watching = watching
    try {
      await this.api.watchSweep(
        { sweepId },
        { signal: watching.signal, onProgress: (sweep) => (this.#shown = sweep) },
      )
    } catch (cause) {
      if (!watching.signal.aborted) throw cause
    }
  }

  close() {
    this.#watching?.abort()
    this.#watching = undefined
  }

  /** Lists anew when a training has begun or ended. */
  async follow(jobs: readonly JobSnapshot[]) {
    const trainings = jobs
      .filter(({ kind }) => kind === 'training')
      .map(({ id, state }) => `${id} ${state.kind}`)
      .join()
    if (trainings === this.#jobs) return
    this.#jobs = trainings
    if (this.#sweeps) await this.reload()
  }

  async pause(sweepId: string) {
    await this.api.pauseSweep({ sweepId })
    await this.reload()
  }

  async resume(sweepId: string) {
    await this.api.resumeSweep({ sweepId })
    await this.reload()
  }

  async prioritise(sweepId: string, priority: number) {
    await this.api.prioritiseSweep({ sweepId, priority })
    await this.reload()
  }

  /** Resolves to the bytes that were freed. */
  async remove(sweepId: string): Promise<number> {
    const { bytesFreed } = await this.api.deleteSweep({ sweepId })
    if (this.#shownId === sweepId) this.showForm()
    await this.reload()
    return bytesFreed
  }
}
