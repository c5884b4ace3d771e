/** Colour pictures as PNG files, without any codec. */
import { deflateSync } from 'node:zlib'
import { crc32 } from '../images/crc32.ts'

/**
 * [rows, columns, 3] as a PNG (ISO/IEC 15948) of 8 bits a channel, with `description` as its text. Letters outside
 * Latin-1 become question marks.
 */
export function encodePng(
  pixels: Uint8Array,
  { rows, columns }: { readonly rows: number; readonly columns: number },
  description: string,
): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(columns, 0)
  header.writeUInt32BE(rows, 4)
  // 8 bits, colour, and the only compression, filter and order that most readers know.
  header.set([8, 2, 0, 0, 0], 8)
  const lines = Buffer.alloc(rows * (3 * columns + 1))
  for (let y = 0; y < rows; y++)
    lines.set(pixels.subarray(3 * columns * y, 3 * columns * (y + 1)), y * (3 * columns + 1) + 1)
  const text = Buffer.from(`Description\0${description.replace(/[^\x20-\xff]/g, '?')}`, 'latin1')
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    ...[chunk('IHDR', header), chunk('tEXt', text), chunk('IDAT', deflateSync(lines))],
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Buffer): Buffer {
  const bytes = Buffer.alloc(12 + content.length)
  bytes.writeUInt32BE(content.length, 0)
  bytes.write(type, 4, 'latin1')
  content.copy(bytes, 8)
  bytes.writeUInt32BE(crc32(bytes, 4, 8 + content.length), 8 + content.length)
  return bytes
}
