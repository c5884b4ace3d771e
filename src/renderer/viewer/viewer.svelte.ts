import { isColour, turnedOver, type Film } from './film.ts'
import { MarkBoard, type OnMarks } from './marks/markBoard.svelte.ts'
import type { Pane } from './renderer.ts'
import type { Tools } from './tools.svelte.ts'
import { viewAfter, type ViewCommand } from './viewCommands.ts'
import { actualSize, fitted, freshView, isFitted, scaleOf, type Point, type View } from './view.ts'
import { edgesOfGrey, scaleOfGrey, withEdges, type WindowPreset } from './windowPresets.ts'
import type { Edges } from './greyScale.ts'

/** How films are looked at; linked panes hold the same one. */
export class Look {
  view = $state.raw<View>(freshView)
}

/** One pane: its film, how it is looked at, and what is drawn on it. */
export class Viewer {
  #file = $state.raw<Film | undefined>()
  /** The reader says that the file tells black from white wrong. */
  #turned = $state(false)
  #look = $state.raw(new Look())
  #pane = $state.raw<Pane>({ width: 1, height: 1, pixelRatio: 1 })
  #pointer = $state.raw<Point | undefined>()
  #drawn: Film | undefined
  #seen = $state.raw<Film | undefined>()
  /** Film pixels across behind one that is drawn, where the graphics card cannot hold the film. */
  reduction = $state(1)
  readonly marks: MarkBoard
  readonly film = $derived(this.#file && this.#turned ? turnedOver(this.#file) : this.#file)
  readonly turned = $derived(this.#turned)
  readonly look = $derived(this.#look)
  readonly view = $derived(this.#look.view)
  readonly pane = $derived(this.#pane)
  /** What the screen shows: what is not needed to see a film waits for it. */
  readonly seen = $derived(this.#seen)
  /** Where it is over the pane, CSS pixels. */
  readonly pointer = $derived(this.#pointer)
  /** Pixels of the screen that a film pixel covers, as a share: 1 is «100 %». */
  readonly magnification = $derived(
    this.film && scaleOf(this.view, this.film, this.#pane) * this.#pane.pixelRatio,
  )
  readonly isColour = $derived(this.film !== undefined && isColour(this.film))
  readonly scale = $derived(this.film && scaleOfGrey(this.film, this.view.grey))
  readonly edges = $derived(this.film && edgesOfGrey(this.film, this.view.grey))

  constructor(
    readonly tools: Tools,
    onmarks: OnMarks,
    private readonly onseen: () => void = () => undefined,
  ) {
    this.marks = new MarkBoard(onmarks)
  }

  /** Shows a film as its file wants it to be seen, or nothing; another frame of it is seen as the one before. */
  show(film: Film | undefined, { turned = false, keepView = false } = {}) {
    this.#file = film
    this.#turned = turned
    this.marks.frame = film?.description.frame ?? 1
    if (!film) {
      this.marks.show([])
      this.#drawn = undefined
      this.#seen = undefined
    }
    if (film && !keepView) this.#look.view = freshView
  }

  /** All pixels of the film that is seen are here. */
  complete(film: Film) {
    this.#file = film
  }

  /** The film stands on the screen. */
  drawn() {
    const film = this.#file
    if (this.#drawn === film) return
    this.#drawn = film
    this.onseen()
    // What is counted of a film that is seen takes time, and comes after all who wait for its being seen.
    setTimeout(() => {
      if (this.#drawn === film) this.#seen = film
    })
  }

  turnOver(turned: boolean) {
    this.#turned = turned
  }

  /** Looks as another pane does from now on, or for itself alone. */
  share(look: Look | undefined) {
    if (look) {
      this.#look = look
      return
    }
    const own = new Look()
    own.view = this.#look.view
    this.#look = own
  }

  set(view: View) {
    this.#look.view = view
  }

  resize(pane: Pane) {
    this.#pane = pane
  }

  pointAt(point: Point | undefined) {
    this.#pointer = point
  }

  /** Whole film ↔ one film pixel a screen pixel, about `anchor` (CSS pixels of the pane). */
  toggleActualSize(anchor: Point = { x: this.#pane.width / 2, y: this.#pane.height / 2 }) {
    if (!this.film) return
    const fits = isFitted(this.view)
    this.set(fits ? actualSize(this.view, anchor, this.film, this.#pane) : fitted(this.view))
  }

  useWindow(preset: WindowPreset) {
    this.set({ ...this.view, grey: { preset, shift: 0, stretch: 1 } })
  }

  useEdges(edges: Edges) {
    if (this.film) this.set({ ...this.view, grey: withEdges(this.film, edges) })
  }

  run(command: ViewCommand, times = 1) {
    const { film } = this
    if (film) this.set(viewAfter(command, this.view, film, this.#pane, times))
  }
}
