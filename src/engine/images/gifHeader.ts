import { damaged, HeaderReader, truncated, type RasterHeader } from './header.ts'

/** Walks the blocks of a GIF file (GIF89a) to its trailer and counts its pictures. Throws TRUNCATED or DAMAGED. */
export function readGifHeader(bytes: Uint8Array): RasterHeader {
  const reader = new HeaderReader(bytes, true)
  let frames = 0
  let at = 13 + colourTableBytes(reader.u8(10))
  for (;;) {
    if (at >= bytes.length) {
      throw truncated(`the GIF data ends after ${bytes.length} bytes without its trailer`)
    }
    const block = reader.u8(at)
    if (block === 0x3b) break
    if (block === 0x2c) {
      frames++
      // Ten bytes of descriptor, a colour table, the code size.
      at = afterSubBlocks(reader, at + 10 + colourTableBytes(reader.u8(at + 9)) + 1)
    } else if (block === 0x21) at = afterSubBlocks(reader, at + 2)
    else throw damaged(`the GIF file has an unknown block at byte ${at}`)
  }
  if (frames === 0) throw truncated('the GIF file holds no picture')
  return {
    rows: reader.u16(8),
    columns: reader.u16(6),
    frames,
    samplesPerPixel: 3,
    bitsStored: 8,
    photometric: 'PALETTE COLOR',
    synthetic: false,
  }
}

const colourTableBytes = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

function afterSubBlocks(reader: HeaderReader, from: number): number {
  let at = from
  for (;;) {
    const length = reader.u8(at)
    at += 1 + length
    if (length === 0) return at
  }
}
