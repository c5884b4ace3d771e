/** Which way up a picture is to be seen, where that is not how its pixels lie: cameras turn the picture by a word alone. */
import { HeaderReader } from './header.ts'
import type { DecodedSamples } from './raster.ts'
import { readTiffDirectory, tag } from './tiffDirectory.ts'

/**
 * Where the first row and the first column are seen (TIFF 6.0, section 8; CIPA DC-008, 4.6.4): 1 top and left, 2 top and right,
 * 3 bottom and right, 4 bottom and left, 5 left and top, 6 right and top, 7 right and bottom, 8 left and bottom.
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

const known: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8]

/** Values that do not exist count as 1, as other programs take them. */
export const orientationOf = (value: number | undefined): Orientation =>
  known.find((one) => one === value) ?? 1

/** Of an EXIF block, a TIFF file without pixels; 1 where the block is broken, which is no reason to refuse the picture. */
export function exifOrientation(block: Uint8Array): Orientation {
  try {
    const reader = new HeaderReader(block, block[0] === 0x49)
    if (reader.u16(2) !== 42) return 1
    return orientationOf(readTiffDirectory(reader, reader.u32(4)).get(tag.orientation))
  } catch {
    return 1
  }
}

interface Lying extends DecodedSamples {
  readonly rows: number
  readonly columns: number
}

/** The same picture with its pixels as they are to be seen; rows and columns change places from 5 on. */
export function upright(picture: Lying, orientation: Orientation): Lying {
  if (orientation === 1) return picture
  const { rows, columns, channels, samples } = picture
  const isTransposed = orientation >= 5
  // What is seen in the first row at the left, and what a step to the right and one down lead to.
  const fromBottom = [3, 4, 6, 7].includes(orientation)
  const fromRight = [2, 3, 7, 8].includes(orientation)
  const start = (fromBottom ? (rows - 1) * columns : 0) + (fromRight ? columns - 1 : 0)
  const alongRows = fromBottom ? -columns : columns
  const alongColumns = fromRight ? -1 : 1
  const [right, down] = isTransposed ? [alongRows, alongColumns] : [alongColumns, alongRows]
  const seen = isTransposed ? { rows: columns, columns: rows } : { rows, columns }
  const turned = samples.slice()
  let to = 0
  for (let row = 0; row < seen.rows; row++) {
    for (let column = 0; column < seen.columns; column++) {
      const from = (start + row * down + column * right) * channels
      for (let channel = 0; channel < channels; channel++) turned[to++] = samples[from + channel]!
    }
  }
  return { ...seen, channels, samples: turned }
}
