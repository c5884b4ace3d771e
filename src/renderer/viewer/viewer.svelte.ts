import { automatic, fullRange, type FilmPixels } from './film.ts'
import { isMousePreset, mousePresets, type MousePresetName } from './mouse.ts'
import type { Pane } from './renderer.ts'
import {
  actualSize,
  fitted,
  freshView,
  isFitted,
  mirrored,
  scaleOf,
  turned,
  zoomed,
  type Point,
  type View,
} from './view.ts'

/** What the keys and the toolbar do to a film; each is also a command's name. */
export type ViewCommand =
  | 'reset'
  | 'fit'
  | 'actual-size'
  | 'zoom-in'
  | 'zoom-out'
  | 'rotate-right'
  | 'rotate-left'
  | 'flip-horizontal'
  | 'flip-vertical'
  | 'invert'
  | 'window-auto'
  | 'window-full'

const zoomStep = 1.25

/** The film in the viewport and how it is looked at. */
export class Viewer {
  #film = $state.raw<FilmPixels | undefined>()
  #view = $state.raw<View>(freshView({ centre: 128, width: 256 }))
  #pane = $state.raw<Pane>({ width: 1, height: 1, pixelRatio: 1 })
  /** File name, window, zoom and place in the list, in the corners. */
  overlay = $state(true)
  mouse = $state<MousePresetName>('radiology')
  readonly film = $derived(this.#film)
  readonly view = $derived(this.#view)
  readonly pane = $derived(this.#pane)
  readonly mousePreset = $derived(mousePresets[this.mouse])
  /** Pixels of the screen that a film pixel covers, as a share: 1 is «100 %». */
  readonly magnification = $derived(
    this.#film && scaleOf(this.#view, this.#film, this.#pane) * this.#pane.pixelRatio,
  )

  /** Shows a film as its file wants it to be seen, or nothing. */
  show(film: FilmPixels | undefined) {
    this.#film = film
    if (film) this.#view = asFiled(film)
  }

  look(view: View) {
    this.#view = view
  }

  resize(pane: Pane) {
    this.#pane = pane
  }

  useMouse(name: string | null) {
    if (isMousePreset(name)) this.mouse = name
  }

  /** Whole film ↔ one film pixel a screen pixel, about `anchor` (CSS pixels of the pane). */
  toggleActualSize(anchor: Point = { x: this.#pane.width / 2, y: this.#pane.height / 2 }) {
    if (!this.#film) return
    this.#view = isFitted(this.#view)
      ? actualSize(this.#view, anchor, this.#film, this.#pane)
      : fitted(this.#view)
  }

  run(command: ViewCommand) {
    const film = this.#film
    if (!film) return
    if (command === 'actual-size') this.toggleActualSize()
    else this.#view = viewAfter(command, this.#view, film, this.#pane)
  }
}

const asFiled = ({ window, inverted }: FilmPixels): View => ({
  ...freshView(window),
  invert: inverted,
})

function viewAfter(
  command: Exclude<ViewCommand, 'actual-size'>,
  view: View,
  film: FilmPixels,
  pane: Pane,
): View {
  switch (command) {
    case 'reset':
      return asFiled(film)
    case 'fit':
      return fitted(view)
    case 'zoom-in':
      return zoomed(view, zoomStep, film, pane)
    case 'zoom-out':
      return zoomed(view, 1 / zoomStep, film, pane)
    case 'rotate-right':
      return turned(view, 'right')
    case 'rotate-left':
      return turned(view, 'left')
    case 'flip-horizontal':
      return mirrored(view, 'horizontal')
    case 'flip-vertical':
      return mirrored(view, 'vertical')
    case 'invert':
      return { ...view, invert: !view.invert }
    case 'window-auto':
      return { ...view, ...automatic(film) }
    case 'window-full':
      return { ...view, ...fullRange(film) }
  }
}
