import { HeaderReader, truncated, unsupported, type RasterHeader } from './header.ts'

/**
 * Reads the header of a Windows bitmap. Throws TRUNCATED when the file is shorter than its pixels,
 * UNSUPPORTED for compression, fewer than 8 bits or a colour palette.
 */
export function readBmpHeader(bytes: Uint8Array): RasterHeader {
  const reader = new HeaderReader(bytes, true)
  const headerSize = reader.u32(14)
  if (headerSize < 40) throw unsupported('a bitmap of OS/2')
  const columns = reader.i32(18)
  // A negative height stores the top line first.
  const rows = Math.abs(reader.i32(22))
  const bits = reader.u16(28)
  const dataAt = reader.u32(10)
  if (reader.u32(30) !== 0) throw unsupported('a compressed bitmap')
  if (![8, 24, 32].includes(bits)) throw unsupported(`a bitmap with ${bits} bits a pixel`)
  if (bits === 8 && !hasGreyPalette(reader, 14 + headerSize, reader.u32(46))) {
    throw unsupported('a bitmap with a colour palette')
  }
  const expected = dataAt + Math.ceil((columns * bits) / 32) * 4 * rows
  if (bytes.length < expected) {
    throw truncated(`the bitmap ends after ${bytes.length} of ${expected} bytes`)
  }
  return {
    rows,
    columns,
    frames: 1,
    samplesPerPixel: bits === 8 ? 1 : 3,
    bitsStored: 8,
    photometric: bits === 8 ? 'MONOCHROME2' : 'RGB',
    synthetic: false,
  }
}

/** Whether entry n of the palette is the grey n, so that the stored numbers are the grey values. */
function hasGreyPalette(reader: HeaderReader, at: number, used: number): boolean {
  const entries = used === 0 ? 256 : used
  for (let entry = 0; entry < Math.min(entries, 256); entry++) {
    if ((reader.u32(at + entry * 4) & 0xffffff) !== entry * 0x010101) return false
  }
  return true
}
