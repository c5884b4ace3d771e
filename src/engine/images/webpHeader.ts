import { damaged, HeaderReader, truncated, type RasterHeader } from './header.ts'
import { exifOrientation, type Orientation } from './orientation.ts'

/** Flags of the VP8X chunk. */
const ANIMATED = 0x02
const WITH_EXIF = 0x08

/** Reads the first chunk of a WebP file (RFC 9649). Throws TRUNCATED when the file is shorter than it says. */
export function readWebpHeader(bytes: Uint8Array): RasterHeader {
  const reader = new HeaderReader(bytes, true)
  const expected = 8 + reader.u32(4)
  if (bytes.length < expected) {
    throw truncated(`the WebP file ends after ${bytes.length} of ${expected} bytes`)
  }
  return {
    ...readSize(reader),
    samplesPerPixel: 3,
    bitsStored: 8,
    photometric: 'RGB',
    synthetic: false,
    orientation: orientationIn(reader),
  }
}

function readSize(reader: HeaderReader) {
  const chunk = reader.text(12, 4)
  if (chunk === 'VP8 ') {
    return { columns: reader.u16(26) & 0x3fff, rows: reader.u16(28) & 0x3fff, frames: 1 }
  }
  if (chunk === 'VP8L') {
    const bits = reader.u32(21)
    return { columns: 1 + (bits & 0x3fff), rows: 1 + ((bits >>> 14) & 0x3fff), frames: 1 }
  }
  if (chunk !== 'VP8X') throw damaged(`the WebP file starts with an unknown chunk`)
  return {
    columns: 1 + (reader.u32(24) & 0xffffff),
    rows: 1 + (reader.u32(27) & 0xffffff),
    frames: reader.u8(20) & ANIMATED ? countFrames(reader) : 1,
  }
}

function* chunks(reader: HeaderReader) {
  for (let at = 12; at + 8 <= reader.bytes.length;) {
    const length = reader.u32(at + 4)
    yield { type: reader.text(at, 4), content: reader.bytes.subarray(at + 8, at + 8 + length) }
    at += 8 + length + (length % 2)
  }
}

/** One by one: a hostile file may have millions of empty chunks. */
function countFrames(reader: HeaderReader): number {
  let frames = 0
  for (const { type } of chunks(reader)) if (type === 'ANMF') frames++
  return frames
}

function orientationIn(reader: HeaderReader): Orientation {
  if (reader.text(12, 4) !== 'VP8X' || (reader.u8(20) & WITH_EXIF) === 0) return 1
  for (const { type, content } of chunks(reader))
    if (type === 'EXIF') return exifOrientation(content)
  return 1
}
