/** Grey values spread by their histogram: over the whole film, or tile by tile with limited contrast. */
import type { Plane } from './plane.ts'

const LEVELS = 256

/** Each grey value becomes the share of pixels at or below it (less those of the darkest), as OpenCV's `equalizeHist`. */
export function equaliseWhole({ rows, columns, pixels }: Plane): Plane {
  const counts = histogram(pixels, 0, columns, 0, rows, columns)
  const darkest = counts.find((count) => count > 0) ?? 0
  const rest = pixels.length - darkest
  if (rest === 0) return { rows, columns, pixels: Uint8Array.from(pixels) }
  let below = 0
  const table = Uint8Array.from(counts, (count) => {
    below += count
    return Math.max(0, Math.round(((below - darkest) * (LEVELS - 1)) / rest))
  })
  return { rows, columns, pixels: pixels.map((value) => table[value]!) }
}

/**
 * Contrast-limited adaptive histogram equalisation (Zuiderveld, Graphics Gems IV, 1994): a table for each of
 * tiles × tiles parts, joined bilinearly between their centres. `limit` is how many times the even share of pixels one
 * grey value may have; what is above is spread over all.
 */
export function equaliseLocally(
  { rows, columns, pixels }: Plane,
  tiles: number,
  limit: number,
): Plane {
  // One after another, so that a pixel looks into one array.
  const tables = new Uint8Array(tiles * tiles * LEVELS)
  const edge = (tile: number, side: number) => Math.floor((tile * side) / tiles)
  for (let down = 0; down < tiles; down++)
    for (let across = 0; across < tiles; across++) {
      const [left, right] = [edge(across, columns), edge(across + 1, columns)]
      const [top, bottom] = [edge(down, rows), edge(down + 1, rows)]
      const counts = histogram(pixels, left, right, top, bottom, columns)
      const table = limitedTable(counts, (right - left) * (bottom - top), limit)
      tables.set(table, (down * tiles + across) * LEVELS)
    }
  const vertical = neighbours(rows, tiles)
  const horizontal = neighbours(columns, tiles)
  const result = new Uint8Array(pixels.length)
  let at = 0
  for (let row = 0; row < rows; row++) {
    const { lower: above, upper: below, share: down } = vertical[row]!
    for (let column = 0; column < columns; column++, at++) {
      const { lower: left, upper: right, share: across } = horizontal[column]!
      const value = pixels[at]!
      const aboveLeft = tables[(above * tiles + left) * LEVELS + value]!
      const aboveRight = tables[(above * tiles + right) * LEVELS + value]!
      const belowLeft = tables[(below * tiles + left) * LEVELS + value]!
      const belowRight = tables[(below * tiles + right) * LEVELS + value]!
      const top = aboveLeft + (aboveRight - aboveLeft) * across
      const bottom = belowLeft + (belowRight - belowLeft) * across
      result[at] = top + (bottom - top) * down + 0.5
    }
  }
  return { rows, columns, pixels: result }
}

function limitedTable(counts: Uint32Array, pixels: number, limit: number): Uint8Array {
  const most = Math.max(1, (limit * pixels) / LEVELS)
  let excess = 0
  for (let level = 0; level < LEVELS; level++) excess += Math.max(0, counts[level]! - most)
  const table = new Uint8Array(LEVELS)
  let below = 0
  for (let level = 0; level < LEVELS; level++) {
    below += Math.min(counts[level]!, most) + excess / LEVELS
    table[level] = Math.min(LEVELS - 1, Math.round((below * (LEVELS - 1)) / pixels))
  }
  return table
}

interface Neighbours {
  readonly lower: number
  readonly upper: number
  readonly share: number
}

/** For each place along a side: the two tiles whose centres it lies between. */
function neighbours(side: number, tiles: number): Neighbours[] {
  return Array.from({ length: side }, (_, place) => {
    const at = ((place + 0.5) * tiles) / side - 0.5
    const lower = Math.floor(at)
    const inside = (tile: number) => Math.min(tiles - 1, Math.max(0, tile))
    return { lower: inside(lower), upper: inside(lower + 1), share: at - lower }
  })
}

function histogram(
  pixels: Uint8Array,
  left: number,
  right: number,
  top: number,
  bottom: number,
  columns: number,
): Uint32Array {
  const counts = new Uint32Array(LEVELS)
  for (let row = top; row < bottom; row++)
    for (let at = row * columns + left; at < row * columns + right; at++) counts[pixels[at]!]!++
  return counts
}
