/** How sharp a film is: copied at a lower resolution, blurred, sharpened, or saved as a JPEG once more. */
import { decodeEightBits } from '../../images/decodeEightBits.ts'
import { encodeGreyJpeg } from '../../images/encodeJpeg.ts'
import { readJpegHeader } from '../../images/jpegHeader.ts'
import { resizeArea } from '../../images/resizeArea.ts'
import { resizeBilinear } from '../../images/resize.ts'
import type { Plane } from './plane.ts'

/** Gaussian blur; `deviation` in pixels. The film goes on at its edges with their grey values. */
export function blurred(plane: Plane, deviation: number): Plane {
  const weights = gaussian(deviation)
  const { rows, columns } = plane
  const across = convolved(plane.pixels, weights, rows, columns, 1, columns)
  const both = convolved(across, weights, columns, rows, columns, 1)
  return { rows, columns, pixels: Uint8Array.from(both, (value) => value + 0.5) }
}

/** What the blur took away is added `amount` times. */
export function sharpened(plane: Plane, deviation: number, amount: number): Plane {
  const soft = blurred(plane, deviation).pixels
  const pixels = new Uint8Array(soft.length)
  plane.pixels.forEach((value, at) => {
    pixels[at] = Math.min(255, Math.max(0, Math.round(value + amount * (value - soft[at]!))))
  })
  return { ...plane, pixels }
}

/** Down to `share` of its sides by area, and up again bilinearly. */
export function coarsened(plane: Plane, share: number): Plane {
  const { rows, columns } = plane
  const small = {
    rows: Math.max(1, Math.round(rows * share)),
    columns: Math.max(1, Math.round(columns * share)),
  }
  const fewer = resizeArea(plane.pixels, plane, small, 1)
  return { rows, columns, pixels: resizeBilinear(fewer, small, plane, 1) }
}

/** Saved as a JPEG of this quality (0–100) and read again. */
export async function savedAgain(plane: Plane, quality: number): Promise<Plane> {
  const { rows, columns } = plane
  const file = await encodeGreyJpeg(plane.pixels, plane, quality)
  const { samples, channels } = await decodeEightBits('jpeg', file, readJpegHeader(file))
  const pixels = Uint8Array.from({ length: rows * columns }, (_, at) => samples[at * channels]!)
  return { rows, columns, pixels }
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
