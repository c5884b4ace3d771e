import { isUnderWay, type Run, type RunMarksChange } from '../../../../shared/domain/run.ts'
import type { Api } from '../../../api.ts'
import { compareTable, sortRows, type Sort } from './compareRows.ts'
import type { DrawnRun } from './overlay.ts'
import { nothingSelected, pick, type Pick as Picked, type Selection } from './rowSelection.ts'
import { assignSlots, lookOf, type Slots } from './runColours.ts'

/** As many as a person can tell apart in one chart without having chosen them. */
const drawnUnasked = 8

/** Runs beside each other: one filter, one order and one selection for the table and every chart. */
export class RunComparison {
  search = $state('')
  starredOnly = $state(false)
  /** Whether the archive is shown, in place of the others. */
  archived = $state(false)
  tag: string | undefined = $state()
  /** By id; undefined for the runs of all. */
  sweep: string | undefined = $state()
  /** Whether runs that differ in nothing but seed and fold are one row, with mean and deviation. */
  joined = $state(false)
  everySetting = $state(false)
  #sort = $state.raw<Sort>({ key: 'created', descending: true })
  #selection = $state.raw(nothingSelected)
  #slots: Slots = $state.raw(new Map())

  /** Every tag that some run has, in alphabetical order. */
  readonly tags: readonly string[] = $derived.by(() =>
    [...new Set(this.runs().flatMap(({ tags }) => tags))].sort(),
  )
  /** Every sweep that some run belongs to, the newest first. */
  readonly sweeps: readonly { readonly id: string; readonly name: string }[] = $derived.by(() => [
    ...new Map(this.runs().flatMap(({ sweep }) => (sweep ? [[sweep.id, sweep]] : []))).values(),
  ])
  readonly archivedCount = $derived.by(() => this.runs().filter(({ archived }) => archived).length)
  readonly #shown = $derived.by(() => this.runs().filter((run) => this.#isShown(run)))
  readonly table = $derived(
    compareTable(this.#shown, { joined: this.joined, everySetting: this.everySetting }),
  )
  readonly sort = $derived(this.#sort)
  readonly rows = $derived(sortRows(this.table.rows, this.#sort))
  readonly selectedRows = $derived(this.rows.filter(({ id }) => this.#selection.ids.has(id)))
  /** The runs of the selected rows. */
  readonly selected: readonly Run[] = $derived(this.selectedRows.flatMap(({ runs }) => runs))
  /** What the charts draw: the selection, or the first rows where nothing is selected. */
  readonly drawn: readonly DrawnRun[] = $derived.by(() =>
    this.selected.length > 0
      ? this.selected.map((run) => ({ run, look: lookOf(this.#slots.get(run.id) ?? 0) }))
      : this.#firstRuns().map((run, place) => ({ run, look: lookOf(place) })),
  )

  constructor(
    private readonly api: Pick<Api, 'markRuns'>,
    private readonly runs: () => readonly Run[],
    private readonly onmarked: () => Promise<void>,
  ) {}

  isSelected(rowId: string): boolean {
    return this.#selection.ids.has(rowId)
  }

  pick(rowId: string, how: Picked) {
    const order = this.rows.map(({ id }) => id)
    this.#select(pick(this.#selection, order, rowId, how))
  }

  selectAll() {
    this.#select({ ids: new Set(this.rows.map(({ id }) => id)), anchor: this.rows[0]?.id })
  }

  clear() {
    this.#select(nothingSelected)
  }

  /** Takes rows with a run that waits or trains out of the selection. */
  deselectUnfinished() {
    const ended = this.selectedRows.filter(({ runs }) => !runs.some(isUnderWay))
    this.#select({ ids: new Set(ended.map(({ id }) => id)), anchor: ended[0]?.id })
  }

  /** Sorts by a column; by the same once more, the other way round. A new column shows its best first. */
  sortBy(key: string, bestIsHigh: boolean) {
    const again = this.#sort.key === key
    this.#sort = { key, descending: again ? !this.#sort.descending : bestIsHigh }
  }

  /** Changes the marks of runs in the library. */
  async mark(runs: readonly Run[], change: (run: Run) => RunMarksChange) {
    if (runs.length === 0) return
    await this.api.markRuns({ changes: runs.map((run) => ({ runId: run.id, ...change(run) })) })
    await this.onmarked()
  }

  /** Stars the runs; takes the star away when all have it. */
  async star(runs: readonly Run[]) {
    const starred = !runs.every((run) => run.starred)
    await this.mark(runs, () => ({ starred }))
  }

  async addTag(runs: readonly Run[], tag: string) {
    await this.mark(runs, ({ tags }) => ({ tags: [...new Set([...tags, tag])].sort() }))
  }

  async removeTag(runs: readonly Run[], tag: string) {
    await this.mark(runs, ({ tags }) => ({ tags: tags.filter((other) => other !== tag) }))
  }

  /** A run keeps its colour while others come and go. */
  #select(selection: Selection) {
    this.#selection = selection
    this.#slots = assignSlots(
      this.#slots,
      this.selected.map(({ id }) => id),
    )
  }

  #firstRuns(): readonly Run[] {
    return this.rows
      .flatMap(({ runs }) => runs)
      .filter(({ epochs }) => epochs.length > 0)
      .slice(0, drawnUnasked)
  }

  #isShown(run: Run): boolean {
    const sought = this.search.trim().toLowerCase()
    const texts = [run.name, run.recipe, run.datasetName, run.note, ...run.tags]
    return (
      run.archived === this.archived &&
      (!this.starredOnly || run.starred) &&
      (this.tag === undefined || run.tags.includes(this.tag)) &&
      (this.sweep === undefined || run.sweep?.id === this.sweep) &&
      texts.some((text) => text.toLowerCase().includes(sought))
    )
  }
}
