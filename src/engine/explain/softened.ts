/** Maps of single pixels, made readable: what lies in one place belongs together. */
import type { HeatMap } from './heatMap.ts'

/** A Gaussian blur; `share` is its deviation as a share of the shorter side. The map goes on at its edges with their values. */
export function softened({ rows, columns, values }: HeatMap, share: number): HeatMap {
  const deviation = share * Math.min(rows, columns)
  const reach = Math.ceil(3 * deviation)
  const bell = Float64Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * deviation ** 2)),
  )
  const sum = bell.reduce((total, weight) => total + weight, 0)
  const weights = bell.map((weight) => weight / sum)
  const across = along(values, weights, { lines: rows, length: columns, step: 1, lineStep: columns }) // prettier-ignore
  const both = along(across, weights, { lines: columns, length: rows, step: columns, lineStep: 1 })
  return { rows, columns, values: both }
}

interface Lines {
  readonly lines: number
  readonly length: number
  /** Between neighbours on a line, and between the beginnings of lines. */
  readonly step: number
  readonly lineStep: number
}

function along(
  from: Float32Array,
  weights: Float64Array,
  { lines, length, step, lineStep }: Lines,
): Float32Array {
  // prettier-ignore
  const result = new Float32Array(from.length)
  const reach = (weights.length - 1) / 2
  for (let line = 0; line < lines; line++)
    for (let place = 0; place < length; place++) {
      let sum = 0
      for (let tap = -reach; tap <= reach; tap++) {
        const at = Math.min(length - 1, Math.max(0, place + tap))
        sum += weights[tap + reach]! * from[line * lineStep + at * step]!
      }
      result[line * lineStep + place * step] = sum
    }
  return result
}
