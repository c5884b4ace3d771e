/** Series of a plot whose axes both run from 0 to 1. */
import type { AssessedFilter } from '../../shared/domain/assessment.ts'
import { stampedSvg } from './stamped.ts'

export interface PlotPoint {
  readonly x: number
  readonly y: number
  /** 95 % interval of y. */
  readonly range?: readonly [number, number]
  /** What it is, when it can be opened. */
  readonly label?: string
  /** The films behind it. */
  readonly films?: Pick<AssessedFilter, 'from' | 'to' | 'sure'>
}

export interface PlotSeries {
  readonly name: string
  /** A colour of the chart tokens. */
  readonly colour: string
  readonly dashed?: boolean
  /** Draws a mark at each point, and no line. */
  readonly marks?: boolean
  readonly points: readonly PlotPoint[]
}

const [left, top, size] = [44, 10, 240]
export const plotBox = { width: left + size + 14, height: top + size + 40, left, top, size }

/** Pixels of a share on either axis. */
export const across = (share: number): number => left + share * size
export const down = (share: number): number => top + (1 - share) * size

/** The place among the points of the one that lies nearest to a place of the drawing, in its pixels. */
export function nearestPoint(points: readonly PlotPoint[], x: number, y: number): number {
  const distance = (point: PlotPoint) => Math.hypot(across(point.x) - x, down(point.y) - y)
  return points.reduce(
    (best, point, at) => (distance(point) < distance(points[best]!) ? at : best),
    0,
  )
}

/** A series as the `points` of a polyline. */
export const polyline = (points: readonly PlotPoint[]): string =>
  points.map(({ x, y }) => `${across(x).toFixed(1)},${down(y).toFixed(1)}`).join(' ')

/** An SVG as a file of its own: colours of the style sheet are written out, and stamps stand below. */
export function standaloneSvg(svg: SVGSVGElement, stamps: readonly string[]): string {
  const copy = svg.cloneNode(true) as SVGSVGElement
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  const style = getComputedStyle(svg)
  const text = stampedSvg(new XMLSerializer().serializeToString(copy), stamps)
  return text.replace(/var\((--[a-z-]+)\)/g, (_, name: string) =>
    style.getPropertyValue(name).trim(),
  )
}
