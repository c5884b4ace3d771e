/** Where the points of a scatter plot stand, and the line through those that nothing beats. */
import type { SplitLeak } from '../../shared/domain/split.ts'
import { paretoFront } from '../../shared/comparison/paretoFront.ts'
import { place, scaleOf, short, ticks } from './scale.ts'

export interface ScatterPoint {
  readonly id: string
  readonly name: string
  readonly cost: number
  readonly value: number
  /** Both figures, as a person reads them. */
  readonly words: string
  /** Token of the colour of a selected point; undefined for the others. */
  readonly colour: string | undefined
  readonly leak?: SplitLeak | undefined
}

interface Size {
  readonly width: number
  readonly height: number
}

/** From this factor on between dearest and cheapest, equal distances are equal factors. */
const logFactor = 8

export function scatterPlot(points: readonly ScatterPoint[], { width, height }: Size) {
  const [left, right, top, bottom] = [56, width - 16, 26, height - 44]
  const costs = points.map(({ cost }) => cost)
  const isWide = Math.min(...costs) > 0 && Math.max(...costs) > logFactor * Math.min(...costs)
  const xScale = scaleOf(costs, isWide ? 'log' : 'linear')
  const yScale = scaleOf(points.map(({ value }) => value))
  const atX = (cost: number) => left + place(xScale, cost) * (right - left)
  const atY = (value: number) => bottom - place(yScale, value) * (bottom - top)
  const front = paretoFront(points)
  const isOnFront = new Set(front.map(({ id }) => id))
  return {
    ...{ left, right, top, bottom, front },
    places: points.map((point) => ({
      point,
      x: atX(point.cost),
      y: atY(point.value),
      onFront: isOnFront.has(point.id),
    })),
    xTicks: ticks(xScale, 5).map((value) => ({ at: atX(value), words: short(value) })),
    yTicks: ticks(yScale, 5).map((value) => ({ at: atY(value), words: short(value) })),
    frontPath: stairs(front.map(({ cost, value }) => ({ x: atX(cost), y: atY(value) }))),
  }
}

/** Steps: until the next point costs more, the one before is the best to be had. Empty for fewer than two points. */
function stairs(places: readonly { readonly x: number; readonly y: number }[]): string {
  if (places.length < 2) return ''
  const written = (value: number) => Number(value.toFixed(2))
  return places
    .map(({ x, y }, index) =>
      index === 0 ? `M${written(x)} ${written(y)}` : `H${written(x)}V${written(y)}`,
    )
    .join('')
}
