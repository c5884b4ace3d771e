const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

/** CRC-32 of bytes `from` to before `to` (ISO 3309, as PNG 1.2 Annex D wants it). */
export function crc32(bytes: Uint8Array, from: number, to: number): number {
  let value = 0xffffffff
  for (let at = from; at < to; at++) value = table[(value ^ bytes[at]!) & 0xff]! ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}
