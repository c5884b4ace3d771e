import type { Api } from '../../api.ts'
import type { MousePresetName } from '../../viewer/mouse.ts'
import type { Viewer } from '../../viewer/viewer.svelte.ts'

const keys = {
  blindFirst: 'review.blind-first',
  worklistOpen: 'review.worklist-open',
  overlay: 'review.overlay',
  mouse: 'review.mouse',
} as const

/** Choices of the Review page that outlive the window. */
export class Preferences {
  #blindFirst = $state(false)
  #worklistOpen = $state(true)
  /** Scores stay hidden until the reader has given a verdict. */
  readonly blindFirst = $derived(this.#blindFirst)
  readonly worklistOpen = $derived(this.#worklistOpen)

  constructor(
    private readonly api: Pick<Api, 'readSetting' | 'writeSetting'>,
    private readonly viewer: Viewer,
  ) {}

  async load() {
    const read = (key: string) => this.api.readSetting({ key })
    const [blindFirst, worklistOpen, overlay, mouse] = await Promise.all([
      read(keys.blindFirst),
      read(keys.worklistOpen),
      read(keys.overlay),
      read(keys.mouse),
    ])
    this.#blindFirst = blindFirst === 'true'
    this.#worklistOpen = worklistOpen !== 'false'
    this.viewer.overlay = overlay !== 'false'
    this.viewer.useMouse(mouse)
  }

  async setBlindFirst(on: boolean) {
    this.#blindFirst = on
    await this.#write(keys.blindFirst, String(on))
  }

  async setWorklistOpen(on: boolean) {
    this.#worklistOpen = on
    await this.#write(keys.worklistOpen, String(on))
  }

  async setOverlay(on: boolean) {
    this.viewer.overlay = on
    await this.#write(keys.overlay, String(on))
  }

  async setMouse(name: MousePresetName) {
    this.viewer.mouse = name
    await this.#write(keys.mouse, name)
  }

  #write(key: string, value: string) {
    return this.api.writeSetting({ key, value })
  }
}
