import type { PaneSize } from '../../../shared/domain/filmPixels.ts'
import type { Api } from '../../api.ts'
import type { Film } from '../../viewer/film.ts'
import { loadLook } from '../../viewer/loadFilm.ts'
import { Tools } from '../../viewer/tools.svelte.ts'
import type { ViewCommand } from '../../viewer/viewCommands.ts'
import { relationName } from './companionName.ts'
import { FilmOnScreen } from './filmOnScreen.svelte.ts'
import type { FilmCache } from './filmCache.ts'
import { hang, type Companion, type Layout } from './hanging.ts'
import type { MarkKeeper } from './markKeeper.ts'
import type { ShownFilm } from './shownFilm.ts'

type PanesApi = Pick<Api, 'filmMarks' | 'otherFilms'>

/** The film that is read, and beside it another one of the same patient. */
export class Panes {
  readonly tools = new Tools()
  readonly both: readonly [FilmOnScreen, FilmOnScreen]
  /** Identity, window, zoom and place in the list, in the corners. */
  overlay = $state(true)
  /** Drawings that films bring along in their files are seen. */
  fileDrawings = $state(true)
  layout = $state<Layout>('auto')
  /** Whether alike films shall move together. */
  linkWanted = $state(true)
  #companions = $state.raw<readonly Companion[]>([])
  #chosen = $state<string | null | undefined>()
  #count = $state<1 | 2>(1)
  #reads = $state<0 | 1>(0)
  #active = $state<0 | 1>(0)
  #linked = $state(false)
  #ticket = 0
  #look: Promise<Film> | undefined
  readonly count = $derived(this.#count)
  /** Place of the film that is read. */
  readonly reads = $derived(this.#reads)
  /** Place of the pane that the keys and the toolbar work on. */
  readonly active = $derived(this.#active)
  readonly linked = $derived(this.#linked)
  /** What may hang beside the film that is read. */
  readonly companions = $derived(this.#companions)
  readonly current = $derived.by(() => this.both[this.#active])
  readonly viewer = $derived.by(() => this.current.viewer)
  readonly shown = $derived.by(() => this.both.slice(0, this.#count))

  constructor(
    private readonly api: PanesApi,
    films: FilmCache,
    keeper: MarkKeeper,
  ) {
    const pane = () => new FilmOnScreen(api, films, keeper, this.tools)
    this.both = [pane(), pane()]
    keeper.onrestored = (imageId, marks) => this.both.forEach((each) => each.redraw(imageId, marks))
  }

  /** Hangs a film; `sameName` are films of the worklist that may be of the same patient. */
  async show(
    film: ShownFilm | undefined,
    neighbours: readonly string[],
    sameName: readonly ShownFilm[],
  ) {
    const ticket = ++this.#ticket
    this.#chosen = undefined
    this.#companions = []
    if (!film) {
      this.#count = 1
      await this.both[0].show(undefined)
      return
    }
    this.both.forEach(({ viewer }) => viewer.show(undefined))
    // On its way while the library looks for other films.
    this.both[this.#reads].askAhead(film)
    const companions = await this.#companionsOf(film, sameName)
    if (ticket !== this.#ticket) return
    this.#companions = companions
    await this.#hang(film, { neighbours, fresh: true })
  }

  /** Where a film that will be hung is seen, pixels of the screen; undefined until the page is there. */
  get nextPane(): PaneSize | undefined {
    return this.both[this.#reads].pane
  }

  /** Fetches a look at a film that is being read for the library. */
  lookAhead(lookId: string) {
    this.#look = loadLook(lookId)
    // Whoever takes it asks for the film's own pixels then.
    this.#look.catch(() => undefined)
  }

  /** The film whose look was fetched ahead is in the library now. */
  takeLook(film: ShownFilm) {
    if (this.#look) this.both[this.#reads].takeAhead(film, this.#look)
    this.#look = undefined
  }

  /** More films came since this one was hung: those beside it on the list, and maybe others of its patient. */
  async meet(neighbours: readonly string[], sameName: readonly ShownFilm[]) {
    const film = this.both[this.#reads].shown
    if (!film) return
    const ticket = this.#ticket
    const companions = await this.#companionsOf(film, sameName)
    if (ticket !== this.#ticket) return
    this.#companions = companions
    await this.#hang(film, { neighbours, fresh: false })
  }

  /** Hangs another film beside the one that is read; null: none. */
  async choose(imageId: string | null) {
    this.#chosen = imageId
    if (imageId !== null && this.layout === 'one') this.layout = 'two'
    await this.rehang()
  }

  async setLayout(layout: Layout) {
    this.layout = layout
    if (layout === 'two' && this.#chosen === null) this.#chosen = undefined
    await this.rehang()
  }

  /** As the layout wants it now. */
  async rehang() {
    const film = this.both[this.#reads].shown
    if (film) await this.#hang(film, { neighbours: [], fresh: false })
  }

  /** What a film that hangs beside is to the one that is read; undefined where nothing is known. */
  relationOf(imageId: string): string | undefined {
    const companion = this.#companions.find(({ image }) => image.id === imageId)
    return companion && relationName(companion.relation)
  }

  activate(place: 0 | 1) {
    if (place < this.#count) this.#active = place
  }

  toggleLink() {
    this.linkWanted = !this.#linked
    this.#link(this.linkWanted)
  }

  run(command: ViewCommand, times: number) {
    this.viewer.run(command, times)
  }

  /** `fresh`: another film is read now, so that nobody looks on as at the one before. */
  async #hang(
    film: ShownFilm,
    { neighbours, fresh }: { readonly neighbours: readonly string[]; readonly fresh: boolean },
  ) {
    const { left, right, reads, alike } = hang(film, this.#companions, this.layout, this.#chosen)
    const [first, second] = this.both
    this.#count = right || this.layout === 'two' ? 2 : 1
    this.#reads = reads
    this.#active = reads
    this.#link(this.linkWanted && alike && right !== undefined)
    const show = (pane: FilmOnScreen, wanted: ShownFilm | undefined, near: readonly string[]) => {
      // There, or on its way.
      const isSame = pane.shown?.image.id === wanted?.image.id && pane.problem === undefined
      const keepView = !fresh && this.#linked
      if (fresh || !isSame) return pane.show(wanted, near, { keepView })
      if (near.length > 0) pane.makeReady(near)
      return Promise.resolve()
    }
    await Promise.all([show(first, left, neighbours), show(second, right, [])])
  }

  #link(on: boolean) {
    const [first, second] = this.both
    this.#linked = on
    if (on) second.viewer.share(first.viewer.look)
    else if (second.viewer.look === first.viewer.look) second.viewer.share(undefined)
  }

  /** DICOM tells whose films they are; for other pictures the name that the worklist reads from theirs. */
  async #companionsOf(film: ShownFilm, sameName: readonly ShownFilm[]): Promise<Companion[]> {
    if (!film.dicom) return sameName.map((other) => ({ ...other, relation: 'undated' }))
    const others = await this.api.otherFilms({ imageId: film.image.id })
    return others.map(({ image, facts, relation }) => ({ image, dicom: facts, relation }))
  }
}
