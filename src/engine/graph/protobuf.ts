/** The wire format of Protocol Buffers, as far as TensorFlow's graphs need it (protobuf.dev/programming-guides/encoding). */

const VARINT = 0
const DELIMITED = 2
const FIXED32 = 5

/** A field with a whole number; negative ones take ten bytes, as int64 does. */
export function integer(field: number, value: number | bigint): Buffer {
  return Buffer.concat([tag(field, VARINT), varint(BigInt(value))])
}

/** A field with a 32-bit float. */
export function float(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return Buffer.concat([tag(field, FIXED32), bytes])
}

/** A field with a text, bytes, or a message that is encoded already. */
export function delimited(field: number, content: string | Uint8Array): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  return Buffer.concat([tag(field, DELIMITED), varint(BigInt(bytes.length)), bytes])
}

/** A message: its fields one after another. */
export const message = (...fields: readonly Uint8Array[]): Buffer => Buffer.concat(fields)

const tag = (field: number, wireType: number): Buffer => varint(BigInt((field << 3) | wireType))

/** Seven bits a byte, lowest first; the eighth says that more follow. */
function varint(value: bigint): Buffer {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, value)
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Buffer.from(bytes)
}
