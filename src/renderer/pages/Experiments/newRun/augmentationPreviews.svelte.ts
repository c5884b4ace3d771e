import type { Api } from '../../../api.ts'

/** Pictures at image://augmented/<previewId>/<0 …>. */
interface Preview {
  readonly previewId: string
  readonly pictures: number
}
/** Whose films, for which input, changed how. */
type PreviewOrder = Omit<Parameters<Api['previewAugmentation']>[0], 'seed'>

/** Some films of a data set as a training would change them. */
export class AugmentationPreviews {
  #shown = $state.raw<Preview | undefined>(undefined)
  #order: PreviewOrder | undefined
  #draw = 0
  #asked = ''

  /** Undefined until they are drawn. */
  readonly shown = $derived(this.#shown)

  constructor(private readonly api: Pick<Api, 'previewAugmentation'>) {}

  /** Draws what is asked for, unless it is shown already; nothing without an order. */
  async show(order: PreviewOrder | undefined) {
    this.#order = order
    const asked = order ? JSON.stringify([order, this.#draw]) : ''
    if (asked === this.#asked) return
    this.#asked = asked
    const preview = order && (await this.api.previewAugmentation({ ...order, seed: this.#draw }))
    // A later change may have been answered already.
    if (asked === this.#asked) this.#shown = preview
  }

  /** The same films by another draw. */
  async redraw() {
    this.#draw++
    await this.show(this.#order)
  }
}
