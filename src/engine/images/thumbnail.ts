import { randomBytes } from 'node:crypto'
import { access, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { discard } from '../../files/discard.ts'
import { describeFileError } from '../../files/fileError.ts'
import { toEightBits } from './eightBits.ts'
import { encodeGreyJpeg } from './encodeJpeg.ts'
import type { Raster, RasterFile } from './raster.ts'
import { resizeBilinear, type Size } from './resize.ts'

/** Longest side, pixels. */
const THUMBNAIL_SIDE = 256

/** A JPEG file no larger than this may be its own thumbnail; with metadata it may be huge. */
const MAX_COPIED_BYTES = 64 * 1024
const JPEG_QUALITY = 85

/**
 * Writes `<pixelHash>.jpg` into the folder, unless it is there, and returns the file name. It appears
 * under its name only when complete; it is not synced, because a lost one is made again.
 * Throws DISK_FULL or NOT_PERMITTED.
 */
export async function writeThumbnail(
  file: RasterFile,
  pixelHash: string,
  folder: string,
): Promise<string> {
  const name = `${pixelHash}.jpg`
  const path = join(folder, name)
  const isThere = await access(path).then(
    () => true,
    () => false,
  )
  if (isThere) return name
  const temporary = join(folder, `.${name}.${randomBytes(6).toString('hex')}.new`)
  try {
    await writeFile(temporary, await thumbnail(file), { flag: 'wx' })
    await rename(temporary, path)
  } catch (cause) {
    await discard(temporary)
    throw describeFileError(cause, path, 'written')
  }
  return name
}

/** The bytes of a JPEG picture with the longest side at most `THUMBNAIL_SIDE`. A small JPEG film is kept. */
export async function thumbnail({ raster, bytes }: RasterFile): Promise<Uint8Array> {
  const isSmall = Math.max(raster.rows, raster.columns) <= THUMBNAIL_SIDE
  if (isSmall && raster.format === 'jpeg' && bytes.length <= MAX_COPIED_BYTES) return bytes
  const { pixels, size } = shrunk(raster)
  return encodeGreyJpeg(pixels, size, JPEG_QUALITY)
}

/** Means of whole blocks first, so that fine lines do not flicker; the rest of the way bilinear. */
function shrunk(raster: Raster): { pixels: Uint8Array; size: Size } {
  const grey = toEightBits(raster, 1)
  const longest = Math.max(raster.rows, raster.columns)
  const scale = Math.min(1, THUMBNAIL_SIDE / longest)
  const size = {
    rows: Math.max(1, Math.round(raster.rows * scale)),
    columns: Math.max(1, Math.round(raster.columns * scale)),
  }
  const block = Math.max(
    1,
    Math.min(Math.floor(raster.rows / size.rows), Math.floor(raster.columns / size.columns)),
  )
  const blocks = blockMeans(grey, raster, block)
  return { pixels: resizeBilinear(blocks.pixels, blocks.size, size, 1), size }
}

/** Means of block × block pixels; what does not fill a block at the right and the bottom is left out. */
export function blockMeans(
  pixels: Uint8Array,
  from: Size,
  block: number,
): { pixels: Uint8Array; size: Size } {
  if (block === 1) return { pixels, size: from }
  const size = { rows: Math.floor(from.rows / block), columns: Math.floor(from.columns / block) }
  const means = new Uint8Array(size.rows * size.columns)
  for (let row = 0; row < size.rows; row++) {
    for (let column = 0; column < size.columns; column++) {
      let sum = 0
      for (let y = row * block; y < (row + 1) * block; y++) {
        const line = y * from.columns
        for (let x = column * block; x < (column + 1) * block; x++) sum += pixels[line + x]!
      }
      means[row * size.columns + column] = sum / (block * block) + 0.5
    }
  }
  return { pixels: means, size }
}
