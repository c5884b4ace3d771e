import uPlot from 'uplot'
import type { Curve } from './curve.ts'
import { xLabels, xWords, type XKind } from './xAxis.ts'

export interface ChartMarks {
  /** A vertical line, e.g. at the best epoch. */
  readonly at?: { readonly x: number; readonly label: string } | undefined
  /** A horizontal line, e.g. what guessing reaches. */
  readonly level?: { readonly y: number; readonly label: string } | undefined
}

/** Reads a colour token as the canvas needs it. */
const token = (element: Element, name: string): string =>
  getComputedStyle(element).getPropertyValue(name).trim()

/** Series of a plot in the order of the curves, after the one for x. */
export const seriesOf = (curves: readonly Curve[], element: Element): uPlot.Series[] =>
  curves.map(({ label, colour, look, dots }) => ({
    label,
    stroke: token(element, colour),
    width: look === 'faint' ? 1 : 2,
    alpha: look === 'faint' ? 0.35 : 1,
    spanGaps: true,
    points: { show: dots ?? false, size: 6 },
    ...(look === 'dashed' ? { dash: [6, 4] } : {}),
  }))

/** Axes in the window's type and colours. */
export function axesOf(element: Element, x: XKind): uPlot.Axis[] {
  const style = {
    stroke: token(element, '--secondary'),
    font: `12px ${token(element, '--font')}`,
    grid: { stroke: token(element, '--line'), width: 1 },
    ticks: { show: false },
  }
  const label = { label: xLabels[x], labelSize: 20, labelFont: style.font }
  // Epochs are whole numbers, so a finer grid would name what does not exist.
  const whole = x === 'epoch' ? { incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000] } : {}
  const values = (_: uPlot, splits: number[]) => splits.map((split) => xWords(x, split))
  return [
    { ...style, ...label, size: 28, values, ...whole },
    { ...style, size: 52 },
  ]
}

/** Draws the marks onto the canvas, below the curves. */
export function drawMarks(plot: uPlot, marks: ChartMarks, element: Element) {
  const { ctx, bbox } = plot
  const ratio = uPlot.pxRatio
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.font = `${12 * ratio}px ${token(element, '--font')}`
  ctx.lineWidth = ratio
  ctx.setLineDash([2 * ratio, 3 * ratio])
  if (marks.level) {
    const y = Math.round(plot.valToPos(marks.level.y, 'y', true))
    ctx.strokeStyle = ctx.fillStyle = token(element, '--uncertain')
    line(ctx, bbox.left, y, bbox.left + bbox.width, y)
    ctx.textAlign = 'right'
    ctx.fillText(marks.level.label, bbox.left + bbox.width - 4 * ratio, y - 7 * ratio)
  }
  if (marks.at) {
    const x = Math.round(plot.valToPos(marks.at.x, 'x', true))
    const right = x > bbox.left + bbox.width / 2
    // A level near the top has its words there already.
    const level = marks.level ? plot.valToPos(marks.level.y, 'y', true) : Infinity
    const low = level < bbox.top + 32 * ratio
    const y = low ? bbox.top + bbox.height - 6 * ratio : bbox.top + 13 * ratio
    ctx.strokeStyle = ctx.fillStyle = token(element, '--below')
    line(ctx, x, bbox.top, x, bbox.top + bbox.height)
    ctx.textAlign = right ? 'right' : 'left'
    ctx.fillText(marks.at.label, x + (right ? -6 : 6) * ratio, y)
  }
  ctx.restore()
}

function line(ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number) {
  ctx.beginPath()
  ctx.moveTo(x1, y1)
  ctx.lineTo(x2, y2)
  ctx.stroke()
}
