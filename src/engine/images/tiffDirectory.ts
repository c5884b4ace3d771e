/** Directories of a TIFF file, as pictures have them themselves or in their EXIF block. */
import type { HeaderReader } from './header.ts'

/** TIFF 6.0, section 8. */
export const tag = {
  subfileType: 254,
  columns: 256,
  rows: 257,
  bits: 258,
  photometric: 262,
  orientation: 274,
  samples: 277,
} as const
const asked = new Set<number>(Object.values(tag))

/** The first value of each tag; types 3 (two bytes) and 4 (four bytes) are all that is asked for. Throws TRUNCATED. */
export function readTiffDirectory(reader: HeaderReader, from: number): Map<number, number> {
  const entries = reader.u16(from)
  const values = new Map<number, number>()
  for (let entry = 0; entry < entries; entry++) {
    const at = from + 2 + entry * 12
    const isShort = reader.u16(at + 2) === 3
    const isInline = reader.u32(at + 4) * (isShort ? 2 : 4) <= 4
    const valueAt = isInline ? at + 8 : reader.u32(at + 8)
    if (asked.has(reader.u16(at))) {
      values.set(reader.u16(at), isShort ? reader.u16(valueAt) : reader.u32(valueAt))
    }
  }
  return values
}
