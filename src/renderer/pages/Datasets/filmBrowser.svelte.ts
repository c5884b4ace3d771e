import type { Facets, ImageFilter, ImageRow } from '../../../shared/domain/dataset.ts'
import type { Api } from '../../api.ts'

export type Pick = 'only' | 'toggle' | 'range'

const noFacets: Facets = {
  ...{ classes: [], parts: [], sizes: [], tags: [] },
  ...{ perPatient: [], ages: [], views: [], flags: [] },
  ...{ excluded: 0, copies: 0 },
}
const pageSize = 200
/** However far somebody scrolls: 12,000 films, some megabytes. */
const pagesKept = 60
/** As many as Review's worklist takes at once. */
export const selectionLimit = 10_000

/** The films of one data set: pages fetched as they come into view, facets, selection. */
export class FilmBrowser {
  /** Index of the film that the keyboard is on. */
  focus = $state(0)
  #filter = $state.raw<ImageFilter>({})
  #facets = $state.raw<Facets>(noFacets)
  #total = $state.raw<number | undefined>(undefined)
  #pages = $state.raw<ReadonlyMap<number, readonly ImageRow[]>>(new Map())
  #selected = $state.raw<ReadonlySet<string>>(new Set())
  #anchor = 0
  #wanted = { first: 0, end: 0 }
  #fetching = new Set<number>()
  /** Answers to an older filter are dropped. */
  #generation = 0

  readonly filter = $derived(this.#filter)
  readonly facets = $derived(this.#facets)
  /** Undefined until it is known. */
  readonly total = $derived(this.#total)
  readonly selected = $derived(this.#selected)
  readonly filtered = $derived(Object.keys(this.#filter).length > 0)

  constructor(
    private readonly api: globalThis.Pick<Api, 'images' | 'facets'>,
    readonly datasetId: string,
  ) {}

  at(index: number): ImageRow | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize]
  }

  /** The film at an index, fetched when it is not there yet; undefined past the end. */
  async film(index: number): Promise<ImageRow | undefined> {
    if (!this.at(index)) await this.#load(Math.floor(index / pageSize))
    return this.at(index)
  }

  async open() {
    await this.setFilter({})
  }

  /** The same filter over films that were changed; the selection stays. */
  async reload() {
    const selected = this.#selected
    const { focus } = this
    await this.setFilter(this.#filter)
    this.focus = Math.min(focus, Math.max(0, (this.#total ?? 1) - 1))
    this.#selected = selected
  }

  /** Replaces the whole filter; an empty group of it is left out. */
  async setFilter(filter: ImageFilter) {
    const { classes, parts, sizes, tags, perPatient, ages, views, flags } = filter
    const { excluded, copies, patient, search } = filter
    this.#filter = {
      ...(classes?.length ? { classes } : {}),
      ...(parts?.length ? { parts } : {}),
      ...(sizes?.length ? { sizes } : {}),
      ...(tags?.length ? { tags } : {}),
      ...(perPatient?.length ? { perPatient } : {}),
      ...(ages?.length ? { ages } : {}),
      ...(views?.length ? { views } : {}),
      ...(flags?.length ? { flags } : {}),
      ...(excluded === undefined ? {} : { excluded }),
      ...(copies ? { copies } : {}),
      ...(patient === undefined ? {} : { patient }),
      ...(search?.trim() ? { search: search.trim() } : {}),
    }
    const generation = ++this.#generation
    this.#fetching = new Set()
    this.focus = this.#anchor = 0
    const [facets, { total, images }] = await Promise.all([
      this.api.facets({ datasetId: this.datasetId, filter: this.#filter }),
      this.#fetch(0),
    ])
    if (generation !== this.#generation) return
    this.#facets = facets
    this.#total = total
    this.#pages = new Map([[0, images]])
    this.#selected = new Set()
  }

  /** Says which films stand in view; at most two pages are fetched at a time, the last wish first. */
  async show(first: number, end: number) {
    this.#wanted = { first, end }
    await this.#fill()
  }

  async #fill() {
    while (this.#fetching.size < 2) {
      const page = this.#missing()
      if (page === undefined) return
      await this.#load(page)
    }
  }

  #missing(): number | undefined {
    const { first, end } = this.#wanted
    for (let page = Math.floor(first / pageSize); page * pageSize < end; page++) {
      if (!this.#pages.has(page) && !this.#fetching.has(page)) return page
    }
    return undefined
  }

  async #load(page: number) {
    const { generation, fetching } = { generation: this.#generation, fetching: this.#fetching }
    fetching.add(page)
    try {
      const { images } = await this.#fetch(page)
      if (generation === this.#generation) this.#keep(page, images)
    } finally {
      fetching.delete(page)
    }
  }

  /** Forgets the pages that came first, save what stands in view or holds a selected film. */
  #keep(page: number, images: readonly ImageRow[]) {
    const pages = new Map(this.#pages).set(page, images)
    const { first, end } = this.#wanted
    for (const [old, films] of this.#pages) {
      if (pages.size <= pagesKept) break
      const isInView = old * pageSize < end && (old + 1) * pageSize > first
      if (!isInView && !films.some(({ id }) => this.#selected.has(id))) pages.delete(old)
    }
    this.#pages = pages
  }

  #fetch(page: number) {
    const { datasetId } = this
    const filter = this.#filter
    return this.api.images({ datasetId, filter, offset: page * pageSize, limit: pageSize })
  }

  /** Selects as a click does: alone, added or taken away with Ctrl, up to here with Shift. */
  async pick(index: number, how: Pick) {
    this.focus = index
    if (how === 'range') return this.#selectRange(this.#anchor, index)
    this.#anchor = index
    const film = await this.film(index)
    if (!film || this.focus !== index) return
    const others = new Set(how === 'toggle' ? this.#selected : [])
    if (this.#selected.has(film.id) && how === 'toggle') others.delete(film.id)
    else others.add(film.id)
    this.#selected = others
  }

  /** The selected films that were fetched, in the order of the grid. */
  selectedFilms(): ImageRow[] {
    const pages = [...this.#pages].sort(([a], [b]) => a - b)
    return pages.flatMap(([, films]) => films.filter(({ id }) => this.#selected.has(id)))
  }

  /** All films of the filter, up to the limit. */
  async selectAll() {
    this.#anchor = 0
    await this.#selectRange(0, (this.#total ?? 0) - 1)
  }

  clearSelection() {
    this.#selected = new Set()
  }

  async #selectRange(from: number, to: number) {
    const generation = this.#generation
    const first = Math.max(0, Math.min(from, to))
    const end = Math.min(Math.max(from, to) + 1, first + selectionLimit)
    const ids: string[] = []
    for (let page = Math.floor(first / pageSize); page * pageSize < end; page++) {
      if (!this.#pages.has(page)) await this.#load(page)
      if (generation !== this.#generation) return
      // At once: of a long range the first pages may be forgotten when the last come.
      const films = this.#pages.get(page) ?? []
      const from = page * pageSize
      ids.push(...films.slice(Math.max(0, first - from), end - from).map(({ id }) => id))
    }
    this.#selected = new Set(ids)
  }
}
