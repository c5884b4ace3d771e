const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

/** CRC-32 of bytes `from` to before `to` (ISO 3309, as PNG 1.2 Annex D wants it). */
export const crc32 = (bytes: Uint8Array, from: number, to: number): number =>
  extendCrc32(0, bytes.subarray(from, to))

/** CRC-32 of what `crc` is of (0: of nothing) and these bytes behind it. */
export function extendCrc32(crc: number, bytes: Uint8Array): number {
  let value = crc ^ 0xffffffff
  for (const byte of bytes) value = table[(value ^ byte) & 0xff]! ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}
