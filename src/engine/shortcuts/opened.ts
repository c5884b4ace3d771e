/** Grey-scale opening by a square: what is bright and thinner than the square goes, all else stays. */
import type { Plane } from '../data/disturb/plane.ts'

/** The plane's pixels after erosion and dilation by a square of `side` (odd) pixels; edges repeat what is there. */
export function opened({ rows, columns, pixels }: Plane, side: number): Uint8Array {
  const across = { lines: rows, length: columns, step: 1, lineStep: columns }
  const down = { lines: columns, length: rows, step: columns, lineStep: 1 }
  const reach = (side - 1) / 2
  const eroded = sliding(sliding(pixels, across, reach, Math.min), down, reach, Math.min)
  return sliding(sliding(eroded, across, reach, Math.max), down, reach, Math.max)
}

interface Lines {
  readonly lines: number
  readonly length: number
  /** Between neighbours on a line, and between the beginnings of lines. */
  readonly step: number
  readonly lineStep: number
}

/** The least or largest within `reach` on both sides, along every line. */
function sliding(
  from: Uint8Array,
  { lines, length, step, lineStep }: Lines,
  reach: number,
  pick: (a: number, b: number) => number,
): Uint8Array {
  const result = new Uint8Array(from.length)
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep
    for (let place = 0; place < length; place++) {
      const last = Math.min(length - 1, place + reach)
      let found = from[start + Math.max(0, place - reach) * step]!
      for (let at = Math.max(0, place - reach) + 1; at <= last; at++)
        found = pick(found, from[start + at * step]!)
      result[start + place * step] = found
    }
  }
  return result
}
