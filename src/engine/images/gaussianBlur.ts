import type { Size } from './resize.ts'

/** Gaussian blur of one channel; `deviation` in pixels. The values at the edges go on beyond them. */
export function gaussianBlur(
  values: ArrayLike<number>,
  { rows, columns }: Size,
  deviation: number,
): Float32Array {
  const weights = gaussian(deviation)
  const across = convolved(values, weights, rows, columns, 1, columns)
  return convolved(across, weights, columns, rows, columns, 1)
}

function gaussian(deviation: number): Float32Array {
  const reach = Math.max(1, Math.ceil(3 * deviation))
  const bell = Float32Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * deviation ** 2)),
  )
  const sum = bell.reduce((total, weight) => total + weight, 0)
  return bell.map((weight) => weight / sum)
}

/** Along lines of `length` pixels that lie `step` apart; the lines begin `lineStep` apart. */
function convolved(
  from: ArrayLike<number>,
  weights: Float32Array,
  lines: number,
  length: number,
  step: number,
  lineStep: number,
): Float32Array {
  const result = new Float32Array(lines * length)
  const taps = Float64Array.from(weights)
  const reach = (taps.length - 1) / 2
  // Each line is copied with its ends drawn out, so that the sums need not look where it ends.
  const drawn = new Float64Array(length + 2 * reach)
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep
    for (let place = 0; place < drawn.length; place++) {
      const at = Math.min(length - 1, Math.max(0, place - reach))
      drawn[place] = from[start + at * step]!
    }
    for (let place = 0; place < length; place++) {
      let sum = 0
      for (let tap = 0; tap < taps.length; tap++) sum += taps[tap]! * drawn[place + tap]!
      result[start + place * step] = sum
    }
  }
  return result
}
