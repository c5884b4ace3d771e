import type { LibraryModel } from '../../../shared/contracts/appAreas/models.ts'
import type { Prediction } from '../../../shared/domain/model.ts'
import type { Verdict, WorklistItem } from '../../../shared/domain/review.ts'
import type { Api } from '../../api.ts'
import type { Preferences } from './preferences.svelte.ts'
import { groupKey, nextGroup, rowsOf, shownRows, type Filter, type Order } from './worklist.ts'

export type WorklistApi = Pick<Api, 'worklist' | 'listModels' | 'listDatasets'>

/** The films to read, the model that reads them, and which of them are seen in which order. */
export class Worklist {
  filter = $state<Filter>('all')
  order = $state<Order>('added')
  search = $state('')

  #items = $state.raw<readonly WorklistItem[]>([])
  #models = $state.raw<readonly LibraryModel[]>([])
  #datasets = $state(0)
  #loaded = $state(false)
  /** Counts what was changed here, so that a list that was read before the last change is known for old. */
  #changes = 0

  readonly loaded = $derived(this.#loaded)
  readonly items = $derived(this.#items)
  /** Undefined while the library has none. */
  readonly model = $derived(this.#models.find(({ isDefault }) => isDefault))
  /** Nothing was ever opened or imported: the welcome page has the word. */
  readonly libraryEmpty = $derived(this.#loaded && this.#items.length + this.#datasets === 0)
  readonly unscored = $derived(this.#items.filter(({ prediction }) => !prediction).length)
  readonly rows = $derived.by(() => {
    const rows = rowsOf(this.#items, this.model?.manifest, this.preferences.blindFirst)
    return shownRows(rows, { filter: this.filter, order: this.order, search: this.search })
  })

  constructor(
    private readonly api: WorklistApi,
    private readonly preferences: Pick<Preferences, 'blindFirst'>,
  ) {}

  /** Reads films, models and the number of data sets. */
  async load() {
    const [models, datasets] = await Promise.all([
      this.api.listModels(),
      this.api.listDatasets(),
      this.refresh(),
    ])
    this.#models = models
    this.#datasets = datasets.length
    this.#loaded = true
  }

  /** Reads the films again; what was changed here meanwhile stands. */
  async refresh() {
    let read: { changes: number; items: readonly WorklistItem[] }
    do read = { changes: this.#changes, items: await this.api.worklist() }
    while (read.changes !== this.#changes)
    this.#items = read.items
  }

  /** A film that main put at the end of the list. */
  insert(item: WorklistItem) {
    this.#changes++
    this.#items = [...this.#items.filter(({ image }) => image.id !== item.image.id), item]
  }

  item(imageId: string | undefined): WorklistItem | undefined {
    return this.#items.find(({ image }) => image.id === imageId)
  }

  /** Where a film stands among those that are seen; −1: nowhere. */
  indexOf(imageId: string | undefined): number {
    return this.rows.findIndex(({ item }) => item.image.id === imageId)
  }

  idAt(index: number): string | undefined {
    return this.rows[index]?.item.image.id
  }

  /** Ids of the films beside the one at `index`, the next one first. */
  neighbours(index: number): string[] {
    return [index + 1, index - 1].flatMap((each) => this.idAt(each) ?? [])
  }

  /** Other films whose files are named as one patient's. */
  samePatient({ image }: WorklistItem): WorklistItem[] {
    return this.#items.filter(
      (other) => other.image.patient === image.patient && other.image.id !== image.id,
    )
  }

  /** Place of the first film of the next (negative: previous) case or patient; where it ends, `index` itself. */
  indexOfGroup(index: number, by: 1 | -1, group: 'case' | 'patient'): number {
    return nextGroup(
      this.rows.map(({ item }) => groupKey(item, group)),
      index,
      by,
    )
  }

  /** Makes all films seen. */
  showAll() {
    this.filter = 'all'
    this.search = ''
  }

  /** Changes what the window knows of a film; main is told elsewhere. */
  patch(
    imageId: string,
    change: {
      prediction?: Prediction | undefined
      turned?: boolean
      verdict?: Verdict | undefined
      note?: string
    },
  ) {
    this.#changes++
    this.#items = this.#items.map((item) => {
      if (item.image.id !== imageId) return item
      const { verdict, ...rest } = { ...item, ...change }
      return verdict === undefined ? rest : { ...rest, verdict }
    })
  }
}
