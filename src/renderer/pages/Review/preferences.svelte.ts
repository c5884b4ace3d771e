import type { Api } from '../../api.ts'
import { isDrawing, type Drawing } from '../../viewer/graphics.ts'
import type { MousePresetName } from '../../viewer/mouse.ts'
import type { Layout } from './hanging.ts'
import type { Panes } from './panes.svelte.ts'

const keys = {
  blindFirst: 'review.blind-first',
  worklistOpen: 'review.worklist-open',
  greysOpen: 'review.greys-open',
  overlay: 'review.overlay',
  fileDrawings: 'review.file-drawings',
  mouse: 'review.mouse',
  drawing: 'review.drawing',
  layout: 'review.layout',
  link: 'review.link',
} as const

/** Choices of the Review page that outlive the window. */
export class Preferences {
  #blindFirst = $state(false)
  #worklistOpen = $state(true)
  #greysOpen = $state(true)
  #drawing = $state<Drawing>('automatic')
  /** Scores stay hidden until the reader has given a verdict. */
  readonly blindFirst = $derived(this.#blindFirst)
  readonly worklistOpen = $derived(this.#worklistOpen)
  /** Histogram and window fields are unfolded. */
  readonly greysOpen = $derived(this.#greysOpen)
  readonly drawing = $derived(this.#drawing)

  constructor(
    private readonly api: Pick<Api, 'readSetting' | 'writeSetting'>,
    private readonly panes: Panes,
  ) {}

  async load() {
    const entries = Object.entries(keys).map(
      async ([name, key]) => [name, await this.api.readSetting({ key })] as const,
    )
    const read = new Map<string, string | null>(await Promise.all(entries))
    this.#blindFirst = read.get('blindFirst') === 'true'
    this.#worklistOpen = read.get('worklistOpen') !== 'false'
    this.#greysOpen = read.get('greysOpen') !== 'false'
    this.panes.overlay = read.get('overlay') !== 'false'
    this.panes.fileDrawings = read.get('fileDrawings') !== 'false'
    this.panes.linkWanted = read.get('link') !== 'false'
    this.panes.tools.useMouse(read.get('mouse') ?? null)
    const drawing = read.get('drawing') ?? null
    if (isDrawing(drawing)) this.#drawing = drawing
    const layout = read.get('layout')
    if (layout === 'one' || layout === 'two') this.panes.layout = layout
  }

  async setBlindFirst(on: boolean) {
    this.#blindFirst = on
    await this.#write(keys.blindFirst, String(on))
  }

  async setWorklistOpen(on: boolean) {
    this.#worklistOpen = on
    await this.#write(keys.worklistOpen, String(on))
  }

  async setGreysOpen(on: boolean) {
    this.#greysOpen = on
    await this.#write(keys.greysOpen, String(on))
  }

  async setDrawing(drawing: Drawing) {
    this.#drawing = drawing
    await this.#write(keys.drawing, drawing)
  }

  async setOverlay(on: boolean) {
    this.panes.overlay = on
    await this.#write(keys.overlay, String(on))
  }

  async setFileDrawings(on: boolean) {
    this.panes.fileDrawings = on
    await this.#write(keys.fileDrawings, String(on))
  }

  async setMouse(name: MousePresetName) {
    this.panes.tools.mouse = name
    await this.#write(keys.mouse, name)
  }

  async setLayout(layout: Layout) {
    await this.#write(keys.layout, layout)
    await this.panes.setLayout(layout)
  }

  async toggleLink() {
    this.panes.toggleLink()
    await this.#write(keys.link, String(this.panes.linkWanted))
  }

  #write(key: string, value: string) {
    return this.api.writeSetting({ key, value })
  }
}
