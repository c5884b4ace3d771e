/** Greys looked up by stored sample, for drawing on the processor. */
import type { Film } from './film.ts'
import { greyOf, type GreyScale } from './greyScale.ts'

export interface PixelTable {
  /** Opaque pixels of ImageData; every platform of Electron is little-endian: A, B, G, R. */
  readonly pixels: Uint32Array
  /** Of a sample: `sample × scale + offset`, rounded, stays within the table. */
  readonly scale: number
  readonly offset: number
}

/** Between two samples of a floating-point film: far finer than the 256 greys of a screen. */
const floatSteps = 4096

/** Exactly one entry for each whole sample from the film's lowest to its highest. */
export function pixelTable(film: Film, scale: GreyScale, invert: boolean): PixelTable {
  const { slope, intercept, sampleType } = film.description
  const ends = [film.minimum, film.maximum].map((real) => (real - intercept) / slope)
  const lowest = Math.min(...ends)
  const highest = Math.max(...ends)
  if (sampleType === 'float32') return floatTable(film, scale, invert)
  const first = Math.round(lowest)
  const grey = greyOf(scale)
  const pixels = new Uint32Array(Math.round(highest) - first + 1)
  const turned = film.inverted !== invert
  for (let index = 0; index < pixels.length; index++) {
    pixels[index] = pixelOf(grey(slope * (index + first) + intercept), turned)
  }
  return { pixels, scale: 1, offset: -first }
}

/** A table across the window alone: what lies outside is clamped to its ends. */
function floatTable(film: Film, scale: GreyScale, invert: boolean): PixelTable {
  const { slope, intercept } = film.description
  // A sigmoid is within 1/3000 of black and white two widths from its centre.
  const reach = scale.shape === 'sigmoid' ? 2 * scale.width : scale.width / 2 + 1e-9
  const from = scale.centre - reach
  const step = (2 * reach) / (floatSteps - 1)
  const grey = greyOf(scale)
  const turned = film.inverted !== invert
  const pixels = Uint32Array.from({ length: floatSteps }, (_, index) =>
    pixelOf(grey(from + index * step), turned),
  )
  return { pixels, scale: slope / step, offset: (intercept - from) / step }
}

function pixelOf(grey: number, inverted: boolean): number {
  const level = Math.round((inverted ? 1 - grey : grey) * 255)
  return (0xff_00_00_00 | (level << 16) | (level << 8) | level) >>> 0
}
