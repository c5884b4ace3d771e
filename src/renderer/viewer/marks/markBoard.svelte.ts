import type { Mark, MarkKind, MarkPoint } from '../../../shared/domain/mark.ts'
import {
  inMiddle,
  isComplete,
  pointedAt,
  pointsOf,
  pressed,
  released,
  type Draft,
} from './draft.ts'

/** Told of every change by the person, so that it can be kept and taken back. */
export type OnMarks = (before: readonly Mark[], after: readonly Mark[]) => void

/** The marks of the film in one pane, and the one that is being drawn or moved. */
export class MarkBoard {
  #all = $state.raw<readonly Mark[]>([])
  #draft = $state.raw<Draft | undefined>()
  /** What stood before the point that is being dragged. */
  #beforeDrag: readonly Mark[] | undefined
  selectedId = $state<string | undefined>()
  frame = $state(1)
  readonly all = $derived(this.#all)
  readonly draft = $derived(this.#draft)
  readonly shown = $derived(this.#all.filter(({ frame }) => frame === this.frame))
  readonly selected = $derived(this.#all.find(({ id }) => id === this.selectedId))

  constructor(private readonly onchange: OnMarks) {}

  /** Shows what is kept of a film, or what an undo brought back. */
  show(marks: readonly Mark[]) {
    this.#all = marks
    this.#draft = undefined
    this.#beforeDrag = undefined
    if (!this.selected) this.selectedId = undefined
  }

  press(kind: MarkKind, point: MarkPoint) {
    const draft = this.#draft?.kind === kind ? this.#draft : undefined
    this.selectedId = undefined
    this.#drawn(pressed(draft, kind, point))
  }

  point(point: MarkPoint) {
    if (this.#draft) this.#draft = pointedAt(this.#draft, point)
  }

  release(point: MarkPoint, dragged: boolean) {
    if (this.#draft) this.#drawn(released(this.#draft, point, dragged))
  }

  /** Gives up what is being drawn; whether there was something. */
  cancel(): boolean {
    const drawing = this.#draft !== undefined
    this.#draft = undefined
    return drawing
  }

  addInMiddle(kind: MarkKind, middle: MarkPoint, reach: number) {
    this.#add(kind, inMiddle(kind, middle, reach))
  }

  label(id: string, label: string) {
    if (this.#find(id)?.label !== label)
      this.#change(this.#with(id, (mark) => ({ ...mark, label })))
  }

  remove(id: string) {
    this.#change(this.#all.filter((mark) => mark.id !== id))
  }

  /** Moves one point, or with no `index` the whole mark; `settle` afterwards makes it one change. */
  drag(id: string, index: number | undefined, by: MarkPoint) {
    this.#beforeDrag ??= this.#all
    this.#all = this.#with(id, (mark) => ({
      ...mark,
      points: mark.points.map((point, at) =>
        index === undefined || at === index ? { x: point.x + by.x, y: point.y + by.y } : point,
      ),
    }))
  }

  settle() {
    const before = this.#beforeDrag
    this.#beforeDrag = undefined
    if (before) this.onchange(before, this.#all)
  }

  #drawn(draft: Draft) {
    this.#draft = draft
    if (!isComplete(draft)) return
    this.#draft = undefined
    this.#add(draft.kind, pointsOf(draft))
  }

  #add(kind: MarkKind, points: readonly MarkPoint[]) {
    const id = crypto.randomUUID()
    this.#change([...this.#all, { id, kind, frame: this.frame, points: [...points], label: '' }])
    this.selectedId = id
  }

  #change(next: readonly Mark[]) {
    const before = this.#all
    this.#all = next
    if (!this.selected) this.selectedId = undefined
    this.onchange(before, next)
  }

  #find = (id: string) => this.#all.find((mark) => mark.id === id)

  #with = (id: string, change: (mark: Mark) => Mark) =>
    this.#all.map((mark) => (mark.id === id ? change(mark) : mark))
}
