/** How sharp a film is: copied at a lower resolution, blurred, sharpened, or saved as a JPEG once more. */
import { decodeEightBits } from '../../images/decodeEightBits.ts'
import { encodeGreyJpeg } from '../../images/encodeJpeg.ts'
import { gaussianBlur } from '../../images/gaussianBlur.ts'
import { readJpegHeader } from '../../images/jpegHeader.ts'
import { resizeArea } from '../../images/resizeArea.ts'
import { resizeBilinear } from '../../images/resize.ts'
import type { Plane } from './plane.ts'

/** Gaussian blur; `deviation` in pixels. The film goes on at its edges with their grey values. */
export function blurred(plane: Plane, deviation: number): Plane {
  const soft = gaussianBlur(plane.pixels, plane, deviation)
  const pixels = new Uint8Array(soft.length)
  for (let at = 0; at < pixels.length; at++) pixels[at] = soft[at]! + 0.5
  return { ...plane, pixels }
}

/** What the blur took away is added `amount` times. */
export function sharpened(plane: Plane, deviation: number, amount: number): Plane {
  const soft = blurred(plane, deviation).pixels
  const pixels = new Uint8Array(soft.length)
  for (let at = 0; at < pixels.length; at++) {
    const value = plane.pixels[at]!
    pixels[at] = Math.min(255, Math.max(0, Math.round(value + amount * (value - soft[at]!))))
  }
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
  const pixels = new Uint8Array(rows * columns)
  for (let at = 0; at < pixels.length; at++) pixels[at] = samples[at * channels]!
  return { rows, columns, pixels }
}
