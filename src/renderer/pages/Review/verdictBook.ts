import type { Verdict } from '../../../shared/domain/review.ts'
import type { Api } from '../../api.ts'
import type { Deed, History } from './history.ts'
import { verdictLabel } from './verdicts.ts'
import type { Worklist } from './worklist.svelte.ts'

/** How a verdict came about. */
export interface Circumstances {
  /** From the film on the screen to the verdict. */
  readonly seconds: number
  readonly scoreSeen: boolean
}

/** Writes verdicts and notes down; each verdict can be taken back. */
export class VerdictBook {
  constructor(
    private readonly api: Pick<Api, 'giveVerdict' | 'takeVerdictBack' | 'writeNote'>,
    private readonly worklist: Worklist,
    private readonly history: History,
  ) {}

  /** Shown at once. Throws what main says against it; the verdict before stands again then. */
  async give(imageId: string, verdict: Verdict, circumstances: Circumstances) {
    const before = this.worklist.item(imageId)?.verdict
    const deed: Deed = { imageId, undo: () => this.#takeBack(imageId) }
    this.history.add(deed)
    this.worklist.patch(imageId, { verdict })
    try {
      await this.api.giveVerdict({ imageId, verdict, ...circumstances })
    } catch (cause) {
      this.history.drop(deed)
      this.worklist.patch(imageId, { verdict: before })
      throw cause
    }
  }

  async note(imageId: string, note: string) {
    const item = this.worklist.item(imageId)
    if (!item || (item.note ?? '') === note) return
    this.worklist.patch(imageId, { note })
    await this.api.writeNote({ imageId, note })
  }

  async #takeBack(imageId: string) {
    const standing = (await this.api.takeVerdictBack({ imageId })) ?? undefined
    this.worklist.patch(imageId, { verdict: standing })
    const now = standing ? `${verdictLabel(standing)} stands again` : 'no verdict'
    return `Verdict taken back: ${now}.`
  }
}
