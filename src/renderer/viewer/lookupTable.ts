import type { GreyWindow } from './film.ts'

/**
 * The grey (0–255) of every value below `size`: DICOM's LINEAR_EXACT function (PS3.3 C.11.2.1.3.2).
 * A value on the lower edge of the window is black, on the upper edge white; `invert` exchanges them.
 */
export function greyTable(
  size: number,
  { centre, width }: GreyWindow,
  invert: boolean,
): Uint8ClampedArray {
  const low = centre - width / 2
  const table = new Uint8ClampedArray(size)
  for (let value = 0; value < size; value++) {
    const grey = ((value - low) / width) * 255
    table[value] = invert ? 255 - grey : grey
  }
  return table
}

/** The same as opaque pixels of ImageData; every platform of Electron is little-endian: A, B, G, R. */
export function pixelTable(size: number, window: GreyWindow, invert: boolean): Uint32Array {
  const greys = greyTable(size, window, invert)
  return Uint32Array.from(
    greys,
    (grey) => (0xff_00_00_00 | (grey << 16) | (grey << 8) | grey) >>> 0,
  )
}
