import { resizeBilinear, type Size } from './resize.ts'

/** For each place along an output side: the input places that it covers, and by how much. */
interface Cover {
  readonly first: number
  readonly shares: Float32Array
}

/**
 * Every output pixel is the mean of the area that it covers, so that nothing finer than a pixel turns into patterns
 * (OpenCV's INTER_AREA); a side that grows is bilinear. [rows, columns, channels] → [to.rows, to.columns, channels].
 */
export function resizeArea(pixels: Uint8Array, from: Size, to: Size, channels: 1 | 3): Uint8Array {
  if (from.rows <= to.rows && from.columns <= to.columns)
    return resizeBilinear(pixels, from, to, channels)
  // A side that grows does so after the other one has shrunk.
  const shrunk = {
    rows: Math.min(from.rows, to.rows),
    columns: Math.min(from.columns, to.columns),
  }
  const narrow = acrossLines(pixels, from, shrunk.columns, channels)
  const small = downLines(narrow, from.rows, shrunk, channels)
  return resizeBilinear(small, shrunk, to, channels)
}

/** Means along each line. [rows, columns, channels] → [rows, `columns`, channels], not rounded. */
function acrossLines(pixels: Uint8Array, from: Size, columns: number, channels: number) {
  const covers = coversOf(from.columns, columns)
  const result = new Float32Array(from.rows * columns * channels)
  let at = 0
  for (let row = 0; row < from.rows; row++) {
    const line = row * from.columns * channels
    for (const { first, shares } of covers)
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0
        let source = line + first * channels + channel
        for (const share of shares) {
          sum += share * pixels[source]!
          source += channels
        }
        result[at++] = sum
      }
  }
  return result
}

/** Means across lines, rounded. */
function downLines(lines: Float32Array, rows: number, to: Size, channels: number): Uint8Array {
  const length = to.columns * channels
  const result = new Uint8Array(to.rows * length)
  const sums = new Float32Array(length)
  for (const [row, { first, shares }] of coversOf(rows, to.rows).entries()) {
    sums.fill(0.5)
    for (const [place, share] of shares.entries()) {
      const line = (first + place) * length
      for (let at = 0; at < length; at++) sums[at]! += share * lines[line + at]!
    }
    // An integer array cuts off, so that one half more rounds.
    result.set(sums, row * length)
  }
  return result
}

function coversOf(from: number, to: number): Cover[] {
  const scale = from / to
  return Array.from({ length: to }, (_, place) => {
    const start = place * scale
    const end = (place + 1) * scale
    const first = Math.floor(start)
    const last = Math.min(from, Math.ceil(end - 1e-9))
    const shares = Float32Array.from({ length: last - first }, (_, step) => {
      const pixel = first + step
      return (Math.min(pixel + 1, end) - Math.max(pixel, start)) / scale
    })
    return { first, shares }
  })
}
