/** What would give a person away where free text repeats it. */
import type { DataSet } from '../dataSet.ts'
import { nameOfTag, tags } from '../element.ts'

/** Shorter pieces of names stand in other words too. */
const SHORTEST = 4

/** Ids, and dates of birth, as a whole; names by their parts. */
const ids = [0x0008_0050, 0x0010_0020, 0x0010_0030, 0x0010_1000]
const names = [
  ...[0x0008_0090, 0x0008_1048, 0x0008_1050, 0x0008_1060, 0x0008_1070],
  ...[0x0010_0010, 0x0010_1001, 0x0010_1005, 0x0010_1060, 0x0010_2297, 0x0032_1032],
]

/** In lower case, as the bytes of the file have them. */
export function identifyingWords(dataSet: DataSet): readonly string[] {
  const whole = ids.flatMap((tag) => (dataSet.ascii(tag) ?? '').split('\\'))
  const parts = names.flatMap((tag) => (dataSet.ascii(tag) ?? '').split(/[\\^=\s,]+/))
  return [...whole, ...parts]
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word.length >= SHORTEST)
}

const text = new Set(['AE', 'CS', 'LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UN', 'UT', undefined])
/**
 * Without these a film cannot be read or would be read wrong, and they hold codes alone: image type, character set,
 * class, modality, view position, laterality, polarity.
 */
const codes = new Set<number>([
  ...[0x0008_0008, tags.characterSet, tags.sopClass, 0x0008_0060, 0x0018_5101],
  ...[0x0020_0060, 0x0020_0062, 0x2050_0020],
])
const LONGEST = 65_536

/** Whether a text that would be kept repeats one of the words. */
export function repeats(
  words: readonly string[],
  { tag, vr }: { readonly tag: number; readonly vr: string | undefined },
  value: Uint8Array,
): boolean {
  const group = tag >>> 16
  if (!text.has(vr) || codes.has(tag) || group === 0x0028 || group >= 0x7fe0) return false
  if (value.length < SHORTEST || value.length > LONGEST) return false
  const written = Buffer.from(value.buffer, value.byteOffset, value.length)
    .toString('latin1')
    .toLowerCase()
  return words.some((word) => written.includes(word))
}

export const namesOf = (removed: ReadonlySet<number>): string[] =>
  [...removed].sort((a, b) => a - b).map(nameOfTag)
