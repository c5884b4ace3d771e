/** Elements as bytes (PS3.5 7.1), in the encoding of the file that they go into. */
import { type Encoding, tags } from './element.ts'

const longForm = new Set('OB OD OF OL OV OW SQ SV UC UN UR UT UV'.split(' '))

/** A value of even length with its head. Without a representation, or implicitly, none is written. */
export function encodeElement(
  tag: number,
  vr: string | undefined,
  value: Uint8Array | string,
  encoding: Encoding,
): Buffer {
  const bytes = typeof value === 'string' ? encodeText(vr, value) : value
  const padded = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)])
  return Buffer.concat([head(tag, vr, padded.length, encoding), padded])
}

/** A sequence of items that are encoded already; lengths are written out. */
export function encodeSequence(
  tag: number,
  vr: string | undefined,
  items: readonly Uint8Array[],
  encoding: Encoding,
  inner: Encoding = encoding,
): Buffer {
  const content = items.flatMap((item) => [
    head(tags.item, undefined, item.length, { ...inner, explicit: false }),
    item,
  ])
  const length = content.reduce((sum, bytes) => sum + bytes.length, 0)
  return Buffer.concat([head(tag, vr, length, encoding), ...content])
}

/** UIDs are padded with a zero byte, all other text with a blank (PS3.5 6.2). */
function encodeText(vr: string | undefined, text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1')
  if (bytes.length % 2 === 0) return bytes
  return Buffer.concat([bytes, Buffer.from(vr === 'UI' ? '\0' : ' ')])
}

function head(tag: number, vr: string | undefined, length: number, encoding: Encoding): Buffer {
  const isExplicit = encoding.explicit && vr !== undefined
  const isLong = isExplicit && longForm.has(vr)
  const bytes = Buffer.alloc(isLong ? 12 : 8)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  view.setUint16(0, tag >>> 16, encoding.littleEndian)
  view.setUint16(2, tag & 0xffff, encoding.littleEndian)
  if (isExplicit) bytes.write(vr, 4, 'latin1')
  if (!isExplicit) view.setUint32(4, length, encoding.littleEndian)
  else if (isLong) view.setUint32(8, length, encoding.littleEndian)
  else view.setUint16(6, length, encoding.littleEndian)
  return bytes
}
