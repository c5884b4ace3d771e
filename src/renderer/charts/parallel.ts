/** Parallel coordinates: an axis for each thing that varies, a line for each run across them all. */
import { place, scaleOf, short, ticks, type Scale } from './scale.ts'

export type AxisValue = number | string | boolean | undefined

export interface ParallelAxis {
  readonly label: string
  /** By line, in their order. */
  readonly values: readonly AxisValue[]
  readonly kind?: Scale['kind']
}

export interface ParallelSize {
  readonly width: number
  readonly height: number
}

const [top, foot, side] = [44, 12, 60]

/** Places of the axes with their marks, and the path of each line; a line leaves out the axes where it has no value. */
export function parallelPlot(axes: readonly ParallelAxis[], lines: number, size: ParallelSize) {
  const bottom = size.height - foot
  const step = axes.length > 1 ? (size.width - 2 * side) / (axes.length - 1) : 0
  const drawn = axes.map((axis, index) => {
    const share = shareOn(axis)
    const at = (value: AxisValue) => bottom - share.of(value) * (bottom - top)
    return {
      label: axis.label,
      x: axes.length > 1 ? side + index * step : size.width / 2,
      marks: share.marks.map(({ value, words }) => ({ at: at(value), words })),
      ys: axis.values.map((value) => (value === undefined ? undefined : at(value))),
    }
  })
  const paths = Array.from({ length: lines }, (_, line) =>
    drawn
      .flatMap(({ x, ys }) => {
        const y = ys[line]
        return y === undefined ? [] : [`${Number(x.toFixed(2))} ${Number(y.toFixed(2))}`]
      })
      .map((point, index) => `${index === 0 ? 'M' : 'L'}${point}`)
      .join(''),
  )
  return { axes: drawn, paths, top, bottom }
}

/** Numbers stand by their size, words at even distances in their order. */
function shareOn({ values, kind }: ParallelAxis) {
  const known = values.filter((value) => value !== undefined)
  if (known.every((value): value is number => typeof value === 'number')) {
    const scale = scaleOf(known, kind)
    return {
      of: (value: AxisValue) => (typeof value === 'number' ? place(scale, value) : 0),
      marks: ticks(scale, 4).map((value) => ({ value, words: short(value) })),
    }
  }
  const words = [...new Set(known.map(String))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )
  return {
    of: (value: AxisValue) => (words.indexOf(String(value)) + 0.5) / words.length,
    marks: words.map((value) => ({ value, words: value })),
  }
}
