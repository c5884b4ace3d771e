import { MarkKind } from '../../shared/domain/mark.ts'
import { isMousePreset, mousePresets, type Gesture, type MousePresetName } from './mouse.ts'

/** What the left button does: move the view, or draw. */
export type Tool = Gesture | MarkKind

export const isMarkKind = (tool: Tool): tool is MarkKind => MarkKind.safeParse(tool).success

/** What the mouse does, the same in all panes. */
export class Tools {
  mouse = $state<MousePresetName>('radiology')
  #chosen = $state<Tool | undefined>()
  /** A glass follows the pointer. */
  lens = $state(false)
  readonly preset = $derived(mousePresets[this.mouse])
  /** What the left button does now: what was chosen, or the preset's own. */
  readonly left = $derived<Tool>(this.#chosen ?? this.preset.left)

  useMouse(name: string | null) {
    if (isMousePreset(name)) this.mouse = name
  }

  /** Choosing again what is chosen gives the button back to the preset. */
  choose(tool: Tool) {
    this.#chosen = tool === this.#chosen || tool === this.preset.left ? undefined : tool
  }

  /** Back to the preset; whether anything was chosen. */
  putAway(): boolean {
    const held = this.#chosen !== undefined || this.lens
    this.#chosen = undefined
    this.lens = false
    return held
  }

  /** `button` is PointerEvent.button: 0 left, 1 middle, 2 right; touch and pen press 0. */
  ofButton(button: number): Tool | undefined {
    return [this.left, this.preset.middle, this.preset.right][button]
  }
}
