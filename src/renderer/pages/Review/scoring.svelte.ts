import { isCancelled, toAppError } from '../../../shared/errors.ts'
import type { Prediction } from '../../../shared/domain/model.ts'
import type { Api } from '../../api.ts'
import type { Status } from '../../state/status.svelte.ts'
import { survivingCrash } from './survivingCrash.ts'

/**
 * Asks for scores in the order in which they are wanted: the film on the screen first and at once,
 * its neighbours only while nothing else is asked. So a key held down floods nobody.
 */
export class Scoring {
  #wanted: readonly string[] = []
  #running = $state.raw<ReadonlySet<string>>(new Set())
  #problems = $state.raw<ReadonlyMap<string, string>>(new Map())
  /** Films that are being scored, and why some could not be. */
  readonly running = $derived(this.#running)
  readonly problems = $derived(this.#problems)

  constructor(
    private readonly api: Pick<Api, 'predict'>,
    private readonly status: Pick<Status, 'engine'>,
    private readonly onscore: (prediction: Prediction) => void,
  ) {}

  /** Replaces what was wanted before; the first is the film on the screen. */
  want(imageIds: readonly string[]) {
    this.#wanted = imageIds
    this.#next()
  }

  /** Forgets why a film could not be scored and asks again. */
  retry(imageId: string) {
    this.#setProblem(imageId, undefined)
    this.want([imageId, ...this.#wanted])
  }

  /** Another model may succeed where the one before failed. */
  forget() {
    this.#problems = new Map()
    this.#wanted = []
  }

  #next() {
    const open = this.#wanted.filter((id) => !this.#running.has(id) && !this.#problems.has(id))
    const [first] = open
    if (first === undefined) return
    const limit = first === this.#wanted[0] ? 2 : 1
    if (this.#running.size < limit) void this.#score(first)
  }

  async #score(imageId: string) {
    this.#running = new Set([...this.#running, imageId])
    try {
      const ask = () => this.api.predict({ imageId })
      this.onscore(await survivingCrash(this.status, ask))
    } catch (cause) {
      if (!isCancelled(cause)) this.#setProblem(imageId, toAppError(cause).message)
    } finally {
      this.#running = new Set([...this.#running].filter((id) => id !== imageId))
      this.#wanted = this.#wanted.filter((id) => id !== imageId)
      this.#next()
    }
  }

  #setProblem(imageId: string, reason: string | undefined) {
    const others = [...this.#problems].filter(([id]) => id !== imageId)
    this.#problems = new Map(reason === undefined ? others : [...others, [imageId, reason]])
  }
}
