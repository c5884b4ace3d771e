import type { PaneSize } from '../../../shared/domain/filmPixels.ts'
import type { Mark } from '../../../shared/domain/mark.ts'
import { toAppError } from '../../../shared/errors.ts'
import { halvingsSeen } from '../../../shared/halved.ts'
import type { Api } from '../../api.ts'
import type { Film } from '../../viewer/film.ts'
import { loadFilm } from '../../viewer/loadFilm.ts'
import { rulerOf } from '../../viewer/marks/markWords.ts'
import type { Tools } from '../../viewer/tools.svelte.ts'
import { Viewer } from '../../viewer/viewer.svelte.ts'
import type { Status } from '../../state/status.svelte.ts'
import { FilmCache } from './filmCache.ts'
import type { MarkKeeper } from './markKeeper.ts'
import type { ShownFilm } from './shownFilm.ts'
import { survivingCrash } from './survivingCrash.ts'

/** A hidden window draws nothing: what waits for a film to be seen goes on after this time. */
const patienceMs = 1000

const addressOf = (imageId: string, frame: number) => `${imageId}/${frame}`

/** Pixels for all panes, each film and frame fetched once. */
export const filmCache = (status: Pick<Status, 'engine'>): FilmCache =>
  new FilmCache((address, halvings) => {
    const [imageId, frame] = address.split('/')
    return survivingCrash(status, () => loadFilm(imageId!, Number(frame), halvings))
  })

/** One pane: the film that shall be in it, and its way there. */
export class FilmOnScreen {
  readonly viewer: Viewer
  #shown = $state.raw<ShownFilm | undefined>()
  #problem = $state<string | undefined>()
  #ms = $state<number | undefined>()
  #asked = 0
  #since = 0
  #neighbours: readonly string[] = []
  #marksAhead:
    { readonly imageId: string; readonly marks: ReturnType<Api['filmMarks']> } | undefined
  #complete = Promise.resolve()
  #onceSeen: () => void = () => undefined
  readonly shown = $derived(this.#shown)
  /** Why the film cannot be shown. */
  readonly problem = $derived(this.#problem)
  /** From asking for the film to seeing it, milliseconds; undefined until it is seen. */
  readonly ms = $derived(this.#ms)

  constructor(
    private readonly api: Pick<Api, 'filmMarks'>,
    private readonly films: FilmCache,
    private readonly keeper: MarkKeeper,
    tools: Tools,
  ) {
    this.viewer = new Viewer(
      tools,
      (before, after) => this.#keep(before, after),
      () => this.#seen(),
    )
  }

  /** `neighbours` are made ready once this one is seen. */
  async show(
    film: ShownFilm | undefined,
    neighbours: readonly string[] = [],
    { keepView = false } = {},
  ) {
    this.#shown = film
    // Never one patient's film under another's name: until the right one is here, the pane is black.
    this.viewer.show(undefined)
    this.#neighbours = neighbours
    await this.#bring(1, keepView)
  }

  /** Takes a look that came before the film was in the library. */
  takeAhead({ image }: Pick<ShownFilm, 'image'>, film: Promise<Film>) {
    this.films.takeAhead(addressOf(image.id, 1), film)
  }

  /** Asks for what will be seen of a film before it is known in which pane; what goes wrong is told once it is shown. */
  askAhead(film: ShownFilm) {
    const imageId = film.image.id
    const marks = this.api.filmMarks({ imageId })
    marks.catch(() => undefined)
    this.#marksAhead = { imageId, marks }
    this.#ask(film, 1, false).catch(() => undefined)
  }

  /** Pixels of the screen; undefined until the page is there. */
  get pane(): PaneSize | undefined {
    const { width, height, pixelRatio } = this.viewer.pane
    if (width <= 1 || height <= 1) return undefined
    return { width: width * pixelRatio, height: height * pixelRatio }
  }

  /** Films that may be shown next; they are fetched once this one is seen. */
  makeReady(neighbours: readonly string[]) {
    this.#neighbours = neighbours
    if (this.#ms !== undefined) this.#fetchNeighbours()
  }

  /** Resolves once all pixels of the film are here, or its problem. */
  async complete() {
    await this.#complete
  }

  /** Frames on (negative: back) in a film that holds several, which is seen as it is now. */
  async stepFrame(by: number) {
    const { film } = this.viewer
    if (film) await this.showFrame(film.description.frame + by)
  }

  async showFrame(wanted: number) {
    const { film } = this.viewer
    if (!film) return
    const frame = Math.min(Math.max(wanted, 1), film.description.frames)
    if (frame !== film.description.frame) await this.#bring(frame, true)
  }

  /** After an undo: what is drawn on the film now. */
  redraw(imageId: string, marks: readonly Mark[]) {
    if (this.#shown?.image.id === imageId) this.viewer.marks.show(marks)
  }

  async #bring(frame: number, keepView: boolean) {
    const ticket = ++this.#asked
    this.#since = performance.now()
    this.#onceSeen()
    this.#complete = Promise.resolve()
    const image = this.#shown?.image
    this.#problem = undefined
    this.#ms = undefined
    if (image === undefined) return
    try {
      const [film, { drawn, turned }] = await Promise.all([
        this.#ask({ image }, frame, keepView),
        this.#marksOf(image.id),
      ])
      if (ticket !== this.#asked) return
      this.viewer.show(film, { turned, keepView })
      this.viewer.marks.show(drawn?.marks ?? [])
      if (film.halvings === 0) return
      const seen = this.#seenSoon()
      this.#complete = seen.then(() => this.#finish(ticket, addressOf(image.id, frame)))
      // Whoever waits asks for a score, and the other pixels go before it.
      await seen
    } catch (cause) {
      if (ticket === this.#asked) this.#problem = toAppError(cause).message
    }
  }

  #marksOf(imageId: string): ReturnType<Api['filmMarks']> {
    const ahead = this.#marksAhead
    this.#marksAhead = undefined
    return ahead?.imageId === imageId ? ahead.marks : this.api.filmMarks({ imageId })
  }

  /** The film, or as much of it as this pane shows. */
  #ask({ image }: Pick<ShownFilm, 'image'>, frame: number, keepView: boolean): Promise<Film> {
    const address = addressOf(image.id, frame)
    const { pane } = this
    const size = { width: image.columns, height: image.rows }
    // What is seen of a film that keeps its window may depend on all of its pixels.
    const halvings = keepView || !pane ? 0 : halvingsSeen(size, pane)
    return halvings > 0 ? this.films.firstLook(address, halvings) : this.films.get(address)
  }

  /** Resolves once the film is seen or given up, or after a time where nobody can see it. */
  #seenSoon(): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs)
      this.#onceSeen = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** Brings the pixels that a first look left out. */
  async #finish(ticket: number, address: string) {
    if (ticket !== this.#asked) return
    try {
      const film = await this.films.get(address)
      if (ticket === this.#asked) this.viewer.complete(film)
    } catch (cause) {
      if (ticket !== this.#asked) return
      this.viewer.show(undefined)
      this.#problem = toAppError(cause).message
    }
  }

  #seen() {
    this.#ms ??= performance.now() - this.#since
    this.#onceSeen()
    this.#fetchNeighbours()
  }

  #fetchNeighbours() {
    if (this.viewer.film?.halvings !== 0) return
    // A neighbour that cannot be read says so once it is chosen.
    for (const id of this.#neighbours) this.films.get(addressOf(id, 1)).catch(() => undefined)
    this.#neighbours = []
  }

  #keep(before: readonly Mark[], after: readonly Mark[]) {
    const { film } = this.viewer
    if (film && this.#shown) {
      this.keeper.changed(this.#shown.image.id, rulerOf(film), before, after)
    }
  }
}
