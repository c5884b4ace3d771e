/** Marks as lines on the screen, for the layer over the film and for its picture. */
import type { MarkKind } from '../../../shared/domain/mark.ts'
import { apply, type Matrix, type Point } from '../view.ts'

export interface MarkShape {
  /** Lines from point to point. */
  readonly lines: readonly (readonly Point[])[]
  /** Points that can be taken hold of, in the order of the mark. */
  readonly handles: readonly Point[]
  /** Where its words begin. */
  readonly anchor: Point
}

/** `points` are film pixels; what comes back are CSS pixels of the pane. May be drawn before it is complete. */
export function markShape(
  kind: MarkKind,
  points: readonly Point[],
  matrix: Matrix,
): MarkShape | undefined {
  const [first] = points
  if (!first) return undefined
  const handles = points.map((point) => apply(matrix, point))
  return { lines: linesOf(kind, points, matrix, handles), handles, anchor: anchorOf(kind, handles) }
}

function linesOf(
  kind: MarkKind,
  points: readonly Point[],
  matrix: Matrix,
  handles: readonly Point[],
): readonly (readonly Point[])[] {
  const [a, b, c, d] = handles
  if (!a || !b) return []
  if (kind === 'ratio')
    return c && d
      ? [
          [a, b],
          [c, d],
        ]
      : [[a, b]]
  if (kind === 'rectangle') {
    const [p, q] = [points[0]!, points[1]!]
    const corners = [p, { x: q.x, y: p.y }, q, { x: p.x, y: q.y }, p]
    return [corners.map((corner) => apply(matrix, corner))]
  }
  if (kind === 'arrow') return [[a, b], arrowHead(a, b)]
  return [handles]
}

const headLength = 12
const headAngle = 0.45

/** Two short lines at the tip. */
function arrowHead(tip: Point, tail: Point): readonly Point[] {
  const direction = Math.atan2(tail.y - tip.y, tail.x - tip.x)
  const end = (angle: number) => ({
    x: tip.x + headLength * Math.cos(direction + angle),
    y: tip.y + headLength * Math.sin(direction + angle),
  })
  return [end(headAngle), tip, end(-headAngle)]
}

/** Beside the point that is farthest to the right; an arrow's words stand at its tail. */
function anchorOf(kind: MarkKind, handles: readonly Point[]): Point {
  const end = kind === 'arrow' ? handles.at(-1)! : rightmost(handles)
  return { x: end.x + 8, y: end.y - 8 }
}

const rightmost = (points: readonly Point[]): Point =>
  points.reduce((best, point) => (point.x > best.x ? point : best))
