/** Curves as SVG, for saving: what the canvas shows, as text. */
import type { Curve } from './curve.ts'
import type { ChartMarks } from './drawCurves.ts'
import { place, ticks, type Scale } from './scale.ts'
import { element, text } from './svgText.ts'
import { valueRange } from './valueRange.ts'
import { xLabels, xWords, type XKind } from './xAxis.ts'

export interface CurvePicture {
  readonly title: string
  readonly curves: readonly Curve[]
  readonly marks: ChartMarks
  readonly x: XKind
  readonly log: boolean
  readonly bounds: { readonly least?: number; readonly most?: number }
}

const width = 800
const height = 460
const left = 64
const right = 20
const legendLine = 18
const legendColumns = 3

/** The whole of the curves, with axes, marks and a legend; colours are tokens. */
export function curvesSvg(picture: CurvePicture): string {
  const { title, curves, marks, x } = picture
  const told = curves.filter(({ look }) => look !== 'faint')
  const legendTop = 44
  const top = legendTop + legendLine * Math.ceil(told.length / legendColumns) + 4
  const bottom = height - 48
  const scales = scalesOf(picture)
  const atX = (value: number) => round(left + place(scales.x, value) * (width - left - right))
  const atY = (value: number) => round(bottom - place(scales.y, value) * (bottom - top))
  const grid = [
    ...ticks(scales.y).map(
      (value) =>
        rule(left, atY(value), width - right, atY(value), 'var(--line)') +
        text(String(value), { x: left - 8, y: atY(value) + 4, 'text-anchor': 'end' }),
    ),
    ...ticks(scales.x, 8).map(
      (value) =>
        rule(atX(value), top, atX(value), bottom, 'var(--line)') +
        text(xWords(x, value), { x: atX(value), y: bottom + 18, 'text-anchor': 'middle' }),
    ),
  ]
  const body = [
    text(title, { x: left, y: 26, 'font-size': 15, 'font-weight': 600 }),
    ...told.map((curve, index) => legendEntry(curve, index, legendTop)),
    ...grid,
    text(xLabels[x], { x: (left + width - right) / 2, y: height - 10, 'text-anchor': 'middle' }),
    ...marksOf(marks, { atX, atY, top, bottom }),
    clipped({ top, bottom }, curves.map((curve) => lineOf(curve, atX, atY)).join('')),
  ]
  const size = { width, height, viewBox: `0 0 ${width} ${height}` }
  return element('svg', { ...size, 'font-family': 'Inter, sans-serif' }, body.join(''))
}

function scalesOf({ curves, marks, log, bounds }: CurvePicture): { x: Scale; y: Scale } {
  const xs = curves.flatMap(({ points }) => points.map(({ x }) => x))
  const ys = curves
    .filter(({ strays }) => !strays)
    .flatMap(({ points }) => points.map(({ y }) => y))
  const [low, high] = valueRange(ys, marks.level?.y, log ? {} : bounds)
  const first = xs.reduce((a, b) => Math.min(a, b), Infinity)
  const last = xs.reduce((a, b) => Math.max(a, b), first)
  const positive = ys.filter((y) => y > 0).reduce((a, b) => Math.min(a, b), Infinity)
  return {
    x: { kind: 'linear', min: first, max: last > first ? last : first + 1 },
    y:
      log && Number.isFinite(positive)
        ? { kind: 'log', min: positive / 1.1, max: high }
        : { kind: 'linear', min: low, max: high },
  }
}

function lineOf(curve: Curve, atX: (x: number) => number, atY: (y: number) => number): string {
  const { points, colour, look, dots } = curve
  const places = points.map(({ x, y }) => `${atX(x)},${atY(y)}`)
  const stroke = `var(${colour})`
  const line = element('polyline', {
    points: places.join(' '),
    fill: 'none',
    stroke,
    'stroke-width': look === 'faint' ? 1 : 2,
    'stroke-opacity': look === 'faint' ? 0.35 : undefined,
    'stroke-dasharray': look === 'dashed' ? '6 4' : undefined,
    'stroke-linejoin': 'round',
  })
  const dot = ({ x, y }: { x: number; y: number }) =>
    element('circle', { cx: atX(x), cy: atY(y), r: 3, fill: stroke })
  return line + (dots ? points.map(dot).join('') : '')
}

function legendEntry({ label, colour, look }: Curve, index: number, top: number): string {
  const column = (width - left - right) / legendColumns
  const x = left + (index % legendColumns) * column
  const y = top + Math.floor(index / legendColumns) * legendLine
  const dash = look === 'dashed' ? '5 3' : undefined
  const most = 34
  const words = label.length > most ? `${label.slice(0, most - 1)}…` : label
  return rule(x, y, x + 22, y, `var(${colour})`, dash, 2) + text(words, { x: x + 28, y: y + 4 })
}

interface Frame {
  readonly atX: (x: number) => number
  readonly atY: (y: number) => number
  readonly top: number
  readonly bottom: number
}

function marksOf({ at, level }: ChartMarks, { atX, atY, top, bottom }: Frame): string[] {
  const parts: string[] = []
  if (level) {
    const [y, colour] = [atY(level.y), 'var(--uncertain)']
    parts.push(rule(left, y, width - right, y, colour, '2 3'))
    parts.push(
      text(level.label, { x: width - right, y: y - 6, 'text-anchor': 'end', fill: colour }),
    )
  }
  if (at) {
    const [x, colour] = [atX(at.x), 'var(--below)']
    parts.push(rule(x, top, x, bottom, colour, '2 3'))
    const end = x > width / 2
    const anchor = end ? 'end' : 'start'
    parts.push(
      text(at.label, { x: x + (end ? -6 : 6), y: bottom - 8, 'text-anchor': anchor, fill: colour }),
    )
  }
  return parts
}

/** What strays leaves the axis, not the frame. */
function clipped({ top, bottom }: Pick<Frame, 'top' | 'bottom'>, content: string): string {
  const window = { x: left, y: top, width: width - left - right, height: bottom - top }
  const clip = element('clipPath', { id: 'plot' }, element('rect', window))
  return clip + element('g', { 'clip-path': 'url(#plot)' }, content)
}

const rule = (
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  stroke: string,
  dash?: string,
  thickness = 1,
): string =>
  element('line', { x1, y1, x2, y2, stroke, 'stroke-width': thickness, 'stroke-dasharray': dash })

const round = (value: number): number => Number(value.toFixed(2))
