import type { Source } from '../../shared/contracts/app.ts'

/** Which place the window shows, and what is selected there. */
export type Place = 'review' | 'datasets' | 'experiments' | 'models' | 'activity'

export class Navigation {
  place = $state<Place>('review')
  /** What the place shows: a data set's, run's or model's id. */
  subject = $state<string | undefined>(undefined)
  #pendingImport = $state.raw<Source | undefined>()
  /** A folder that was dropped or chosen elsewhere for the Datasets page, which takes it and imports it. */
  readonly pendingImport = $derived(this.#pendingImport)

  go(place: Place, subject?: string) {
    this.place = place
    this.subject = subject
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
