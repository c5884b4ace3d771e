/** A mark while it is drawn: by dragging, by clicking its points one by one, or by both in turn. */
import { pointCounts, type MarkKind, type MarkPoint } from '../../../shared/domain/mark.ts'

export interface Draft {
  readonly kind: MarkKind
  /** Where they stay. */
  readonly fixed: readonly MarkPoint[]
  /** The next one, which follows the pointer. */
  readonly floating: MarkPoint | undefined
}

/** A button goes down: the first point, or the next one. */
export function pressed(draft: Draft | undefined, kind: MarkKind, point: MarkPoint): Draft {
  if (!draft) return { kind, fixed: [point], floating: point }
  const fixed = [...draft.fixed, point]
  const opens = draft.floating === undefined
  return opens ? { ...draft, fixed, floating: point } : fixedAt(draft, point)
}

export const pointedAt = (draft: Draft, point: MarkPoint): Draft =>
  draft.floating ? { ...draft, floating: point } : draft

/** The button goes up: after a drag the floating point stays there, after a click it follows on. */
export const released = (draft: Draft, point: MarkPoint, dragged: boolean): Draft =>
  dragged && draft.floating ? fixedAt(draft, point) : draft

export const isComplete = ({ kind, fixed }: Draft): boolean => fixed.length === pointCounts[kind]

/** What can be seen of it. */
export const pointsOf = ({ fixed, floating }: Draft): readonly MarkPoint[] =>
  floating ? [...fixed, floating] : fixed

function fixedAt(draft: Draft, point: MarkPoint): Draft {
  const next = { ...draft, fixed: [...draft.fixed, point] }
  // A ratio's second line begins wherever the reader presses next, not at the end of the first.
  const rests = isComplete(next) || (draft.kind === 'ratio' && next.fixed.length === 2)
  return { ...next, floating: rests ? undefined : point }
}

/** A mark in the middle of the film for those who draw without a pointer; its points are moved by key. */
export function inMiddle(kind: MarkKind, middle: MarkPoint, reach: number): readonly MarkPoint[] {
  const at = (x: number, y: number) => ({ x: middle.x + x * reach, y: middle.y + y * reach })
  switch (kind) {
    case 'length':
      return [at(-1, 0), at(1, 0)]
    case 'angle':
      return [at(1, 0), at(0, 0), at(0, -1)]
    case 'ratio':
      return [at(-0.5, -0.1), at(0.5, -0.1), at(-1, 0.1), at(1, 0.1)]
    case 'rectangle':
      return [at(-1, -1), at(1, 1)]
    case 'arrow':
      return [at(0, 0), at(1, 1)]
  }
}
