import { crc32 } from './crc32.ts'
import { damaged, HeaderReader, SYNTHETIC_MARK, truncated, type RasterHeader } from './header.ts'
import { exifOrientation, type Orientation } from './orientation.ts'

/** Colour types of PNG 1.2, 4.1.1, with the channels of a pixel, alpha included. */
const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

export interface PngHeader extends RasterHeader {
  readonly colourType: number
  /** Samples of a pixel in the compressed data, alpha included. */
  readonly channels: number
  readonly interlaced: boolean
  /** The compressed pixels, piece by piece. */
  readonly data: readonly Uint8Array[]
}

/**
 * Walks the chunks of a PNG file to its end and checks each sum.
 * Throws TRUNCATED without the end chunk, DAMAGED where a sum or the header is wrong.
 */
export function readPngHeader(bytes: Uint8Array): PngHeader {
  const reader = new HeaderReader(bytes, false)
  const data: Uint8Array[] = []
  let frames = 1
  let synthetic = false
  let orientation: Orientation = 1
  let type = ''
  for (let at = 8; type !== 'IEND';) {
    if (at + 12 > bytes.length) {
      throw truncated(`the PNG data ends after ${bytes.length} bytes without its end chunk`)
    }
    const length = reader.u32(at)
    type = reader.text(at + 4, 4)
    const from = at + 8
    if (reader.u32(from + length) !== crc32(bytes, at + 4, from + length)) {
      throw damaged(`the PNG chunk ${JSON.stringify(type)} at byte ${at} has a wrong check sum`)
    }
    if (at === 8 && (type !== 'IHDR' || length !== 13)) throw damaged('the PNG header is missing')
    if (type === 'IDAT') data.push(bytes.subarray(from, from + length))
    if (type === 'acTL') frames = Math.max(1, reader.u32(from))
    if (type === 'tEXt') synthetic ||= reader.text(from, length).includes(SYNTHETIC_MARK)
    if (type === 'eXIf') orientation = exifOrientation(bytes.subarray(from, from + length))
    at = from + length + 4
  }
  if (data.length === 0) throw truncated('the PNG file holds no pixels')
  const colourType = reader.u8(25)
  const channels = channelsOf[colourType]
  if (channels === undefined) throw damaged(`the PNG colour type ${colourType} does not exist`)
  const isGrey = channels < 3 && colourType !== 3
  return {
    rows: reader.u32(20),
    columns: reader.u32(16),
    frames,
    samplesPerPixel: colourType === 3 || channels > 2 ? 3 : 1,
    bitsStored: colourType === 3 ? 8 : reader.u8(24),
    photometric: isGrey ? 'MONOCHROME2' : colourType === 3 ? 'PALETTE COLOR' : 'RGB',
    synthetic,
    orientation,
    colourType,
    channels,
    interlaced: reader.u8(28) === 1,
    data,
  }
}
