/** What compressed pixels are by their first marks, whatever the file says of them. */
import type { Stretch } from './element.ts'
import type { Packing } from './transferSyntaxes.ts'

/** Undefined for bytes that begin as no codestream does; RLE and deflated frames have no mark. */
export function codestreamKind(bytes: Uint8Array, { start, end }: Stretch): Packing | undefined {
  const starts = (...mark: number[]) =>
    start + mark.length <= end && mark.every((byte, place) => bytes[start + place] === byte)
  if (starts(0xff, 0xd8, 0xff)) return jpegKind(bytes, start, end)
  if (starts(0xff, 0x4f, 0xff, 0x51)) return jpeg2000Kind(bytes, start)
  if (starts(0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20)) return 'jpeg-2000'
  if (starts(0xff, 0x0a) || starts(0, 0, 0, 12, 0x4a, 0x58, 0x4c, 0x20)) return 'jpeg-xl'
  return undefined
}

/** Up to 15 segments, of which the first begins behind the header (PS3.5 G.5). */
export function isRleHeader(bytes: Uint8Array, { start, end }: Stretch): boolean {
  if (start + 8 > end) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, 8)
  const segments = view.getUint32(0, true)
  return segments >= 1 && segments <= 15 && view.getUint32(4, true) === 64
}

/** JPEG-LS shares JPEG's marks up to its frame header, SOF55 (ITU-T T.87 C.1.1). */
function jpegKind(bytes: Uint8Array, start: number, end: number): Packing {
  for (let at = start + 2; at + 4 <= end && bytes[at] === 0xff;) {
    const marker = bytes[at + 1]!
    if (marker === 0xff) at++
    else if (marker === 0xf7) return 'jpeg-ls'
    else if (marker === 0xda) break
    else at += 2 + ((bytes[at + 2]! << 8) | bytes[at + 3]!)
  }
  return 'jpeg'
}

/** Bit 14 of the capabilities announces Part 15 (ITU-T T.814 A.2), blocks coded for high throughput. */
const jpeg2000Kind = (bytes: Uint8Array, start: number): Packing =>
  (bytes[start + 6]! & 0x40) !== 0 ? 'htj2k' : 'jpeg-2000'
