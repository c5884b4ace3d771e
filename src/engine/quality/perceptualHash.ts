/** A picture in 256 bits that its copies share, nearly: saved again, resized, brightened. */
import type { Size } from '../images/resize.ts'
import { resizeArea } from '../images/resizeArea.ts'

/** Side of the small picture, and of the block of its low frequencies that is kept. */
const SIDE = 64
const KEPT = 16

/** cos((2x + 1) u π / 2N) for u below KEPT: the rows of the discrete cosine transform (type II). */
const cosines = Array.from({ length: KEPT }, (_, u) =>
  Float64Array.from({ length: SIDE }, (_, x) => Math.cos(((2 * x + 1) * u * Math.PI) / (2 * SIDE))),
)

/**
 * 64 hexadecimal digits: for each of the 16 × 16 lowest frequencies of the film at 64 × 64 whether it is above their
 * median (Zauner 2010, «Implementation and Benchmarking of Perceptual Image Hash Functions», with more bits). The
 * constant one is left out, its bit is 0. Undefined for a film of one grey, whose bits would be chance.
 */
export function perceptualHash(grey: Uint8Array, size: Size): string | undefined {
  const small = resizeArea(grey, size, { rows: SIDE, columns: SIDE }, 1)
  const frequencies = lowFrequencies(small)
  const others = [...frequencies.subarray(1)].sort((a, b) => a - b)
  if (Math.max(-others[0]!, others.at(-1)!) < SIDE) return undefined
  const median = others[Math.floor(others.length / 2)]!
  let hash = ''
  for (let at = 0; at < frequencies.length; at += 4) {
    let digit = 0
    for (let bit = 0; bit < 4; bit++) {
      const isAbove = at + bit > 0 && frequencies[at + bit]! > median
      digit = 2 * digit + Number(isAbove)
    }
    hash += digit.toString(16)
  }
  return hash
}

/** [KEPT, KEPT], vertical frequency first. */
function lowFrequencies(pixels: Uint8Array): Float64Array {
  const across = new Float64Array(SIDE * KEPT)
  for (let row = 0; row < SIDE; row++)
    for (let u = 0; u < KEPT; u++) {
      let sum = 0
      for (let x = 0; x < SIDE; x++) sum += pixels[row * SIDE + x]! * cosines[u]![x]!
      across[row * KEPT + u] = sum
    }
  const both = new Float64Array(KEPT * KEPT)
  for (let v = 0; v < KEPT; v++)
    for (let u = 0; u < KEPT; u++) {
      let sum = 0
      for (let y = 0; y < SIDE; y++) sum += across[y * KEPT + u]! * cosines[v]![y]!
      both[v * KEPT + u] = sum
    }
  return both
}
