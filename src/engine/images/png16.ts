/** PNG with 16 bits a sample, which the TensorFlow binding would round to 8. */
import { inflateSync } from 'node:zlib'
import { damaged, truncated } from './header.ts'
import type { PngHeader } from './pngHeader.ts'

/** A reduced picture: first column and row in the whole, and the steps to the next (PNG 1.2, 8.2 Adam7). */
type Pass = readonly [x: number, y: number, stepX: number, stepY: number]

const whole: readonly Pass[] = [[0, 0, 1, 1]]
const adam7: readonly Pass[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
]

/**
 * The stored samples, [rows, columns, channels], alpha included.
 * Throws TRUNCATED or DAMAGED where the compressed data is not exactly one picture.
 */
export function decodePng16(header: PngHeader): Uint16Array {
  const { rows, columns, channels } = header
  const pixelBytes = channels * 2
  const passes = (header.interlaced ? adam7 : whole).map(([x, y, stepX, stepY]) => ({
    x,
    y,
    stepX,
    stepY,
    width: Math.ceil((columns - x) / stepX),
    height: Math.ceil((rows - y) / stepY),
  }))
  const expected = passes.reduce(
    (sum, { width, height }) => sum + (width > 0 ? height * (1 + width * pixelBytes) : 0),
    0,
  )
  const inflated = inflate(header.data, expected)
  const samples = new Uint16Array(rows * columns * channels)
  let from = 0
  for (const { x, y, stepX, stepY, width, height } of passes) {
    if (width <= 0 || height <= 0) continue
    const lineBytes = 1 + width * pixelBytes
    unfilter(inflated.subarray(from, from + height * lineBytes), lineBytes, pixelBytes)
    for (let line = 0; line < height; line++) {
      let at = from + line * lineBytes + 1
      for (let column = 0; column < width; column++) {
        const to = ((y + line * stepY) * columns + x + column * stepX) * channels
        for (let channel = 0; channel < channels; channel++, at += 2) {
          samples[to + channel] = (inflated[at]! << 8) | inflated[at + 1]!
        }
      }
    }
    from += height * lineBytes
  }
  return samples
}

function inflate(data: readonly Uint8Array[], expected: number): Uint8Array {
  let inflated: Uint8Array
  try {
    inflated = inflateSync(Buffer.concat(data), { maxOutputLength: expected + 1 })
  } catch (cause) {
    throw damaged(`the PNG pixels cannot be unpacked (${String(cause)})`)
  }
  if (inflated.length < expected) {
    throw truncated(`the PNG file holds ${inflated.length} of ${expected} bytes of pixels`)
  }
  return inflated
}

/** Undoes the line filters of PNG 1.2, 6 in place. Each line starts with the number of its filter. */
function unfilter(lines: Uint8Array, lineBytes: number, pixelBytes: number): void {
  for (let start = 0; start < lines.length; start += lineBytes) {
    const filter = lines[start]!
    if (filter > 4) throw damaged(`the PNG line filter ${filter} does not exist`)
    if (filter === 0) continue
    for (let at = start + 1; at < start + lineBytes; at++) {
      const inLine = at - start - 1
      const left = inLine >= pixelBytes ? lines[at - pixelBytes]! : 0
      const up = start > 0 ? lines[at - lineBytes]! : 0
      const upLeft = start > 0 && inLine >= pixelBytes ? lines[at - lineBytes - pixelBytes]! : 0
      lines[at] = lines[at]! + predicted(filter, left, up, upLeft)
    }
  }
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  const guess = left + up - upLeft
  const toLeft = Math.abs(guess - left)
  const toUp = Math.abs(guess - up)
  const toUpLeft = Math.abs(guess - upLeft)
  if (toLeft <= toUp && toLeft <= toUpLeft) return left
  return toUp <= toUpLeft ? up : upLeft
}
