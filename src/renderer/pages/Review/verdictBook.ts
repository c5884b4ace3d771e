import type { Verdict } from '../../../shared/domain/review.ts'
import type { Api } from '../../api.ts'
import type { Worklist } from './worklist.svelte.ts'

interface Change {
  readonly imageId: string
  /** What stood there before; undefined: none. */
  readonly before: Verdict | undefined
}

/** Writes verdicts and notes down, and knows how to take the verdicts of this sitting back. */
export class VerdictBook {
  readonly #changes: Change[] = []

  constructor(
    private readonly api: Pick<Api, 'setVerdict'>,
    private readonly worklist: Worklist,
  ) {}

  /** Throws what main says against it; the verdict before stands again then. */
  async give(imageId: string, verdict: Verdict) {
    const before = this.worklist.item(imageId)?.verdict
    const change = { imageId, before }
    this.#changes.push(change)
    try {
      await this.#set(imageId, verdict)
    } catch (cause) {
      this.#changes.splice(this.#changes.indexOf(change), 1)
      throw cause
    }
  }

  /** Takes the newest verdict back and returns whose it was; undefined when there is none left. */
  async takeBack(): Promise<Change | undefined> {
    const change = this.#changes.pop()
    if (!change) return undefined
    // A film that was cleared from the list meanwhile has nothing to take back.
    if (!this.worklist.item(change.imageId)) return this.takeBack()
    await this.#set(change.imageId, change.before)
    return change
  }

  async note(imageId: string, note: string) {
    const item = this.worklist.item(imageId)
    if (!item || (item.note ?? '') === note) return
    this.worklist.patch(imageId, { note })
    await this.api.setVerdict({ imageId, verdict: item.verdict ?? null, note })
  }

  /** Shown at once, taken back when main refuses it. */
  async #set(imageId: string, verdict: Verdict | undefined) {
    const before = this.worklist.item(imageId)?.verdict
    this.worklist.patch(imageId, { verdict })
    try {
      await this.api.setVerdict({ imageId, verdict: verdict ?? null })
    } catch (cause) {
      this.worklist.patch(imageId, { verdict: before })
      throw cause
    }
  }
}
