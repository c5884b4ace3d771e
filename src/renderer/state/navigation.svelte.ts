import type { Source } from '../../shared/contracts/appAreas/program.ts'

/** Which place the window shows, and what is selected there. */
export type Place = 'review' | 'datasets' | 'experiments' | 'models' | 'activity' | 'help' | 'about'

const sweepPrefix = 'sweep:'

/** A sweep as what the Experiments page shows. */
export const sweepSubject = (sweepId: string): string => sweepPrefix + sweepId

/** The sweep that a subject names; undefined for another. */
export const sweepOf = (subject: string | undefined): string | undefined =>
  subject?.startsWith(sweepPrefix) ? subject.slice(sweepPrefix.length) : undefined

export class Navigation {
  place = $state<Place>('review')
  /** What the place shows: a data set's, run's or model's id, or a sweep. */
  subject = $state<string | undefined>(undefined)
  #visits = $state(0)
  /** Counts what was asked for by name, so that a page that is shown already shows it, too. */
  readonly visits = $derived(this.#visits)
  #pendingImport = $state.raw<Source | undefined>()
  /** A folder that was dropped or chosen elsewhere for the Datasets page, which takes it and imports it. */
  readonly pendingImport = $derived(this.#pendingImport)

  go(place: Place, subject?: string) {
    this.place = place
    this.subject = subject
    if (subject !== undefined) this.#visits++
  }

  /** Shows the Datasets page and has it begin the import of `source`. */
  importFrom(source: Source) {
    this.#pendingImport = source
    this.go('datasets')
  }

  /** Hands the waiting source over, once. */
  takeImport(): Source | undefined {
    const source = this.#pendingImport
    this.#pendingImport = undefined
    return source
  }
}
