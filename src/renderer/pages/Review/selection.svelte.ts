import type { Worklist } from './worklist.svelte.ts'

/** Which film of the worklist is read, since when, and which ones lie before and after it. */
export class Selection {
  #imageId = $state<string | undefined>()
  #since = 0
  #lastIndex = 0
  readonly imageId = $derived(this.#imageId)
  readonly item = $derived.by(() => this.worklist.item(this.#imageId))
  /** Where it stands among the films that are seen; −1 when the filter hides it. */
  readonly index = $derived.by(() => this.worklist.indexOf(this.#imageId))

  constructor(private readonly worklist: Worklist) {}

  take(imageId: string | undefined) {
    this.#imageId = imageId
    this.#since = performance.now()
    if (this.index >= 0) this.#lastIndex = this.index
  }

  /** Milliseconds since it was taken. */
  age = (): number => performance.now() - this.#since

  /** The film so many places on (negative: back); the first or last where the list ends before. */
  neighbour(by: number): string | undefined {
    // A film that the filter took away leaves its place to the one after it.
    return this.at(this.index >= 0 ? this.index + by : this.#lastIndex + Math.min(by, 0))
  }

  /** The first film of the next (negative: previous) study or patient. */
  groupNeighbour(by: 1 | -1, group: 'case' | 'patient'): string | undefined {
    return this.at(this.worklist.indexOfGroup(this.index, by, group))
  }

  /** The film at a place of the list that is seen, or the one next to it where there is none. */
  at(index: number): string | undefined {
    return this.worklist.idAt(Math.min(Math.max(index, 0), this.worklist.rows.length - 1))
  }
}
