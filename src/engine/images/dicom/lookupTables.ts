/** Look-up tables of Modality and VOI (PS3.3 C.11.1, C.11.2) and of palettes (C.7.6.3.1.5, C.7.9). */
import { damaged } from '../header.ts'
import type { DataSet } from './dataSet.ts'

export interface LookupTable {
  /** The value that the first entry is for; below it the first counts, above the last the last. */
  readonly first: number
  /** Bits of an entry. */
  readonly bits: number
  readonly entries: Uint16Array
  readonly label: string
}

const at = { descriptor: 0x0028_3002, explanation: 0x0028_3003, data: 0x0028_3006 } as const

/** `signed`: the values looked up may be below zero. Throws DAMAGED for a table without its entries. */
export function readLookupTable(item: DataSet, signed: boolean): LookupTable {
  const { count, first, bits } = readDescriptor(item, at.descriptor, signed)
  return {
    first,
    bits,
    entries: readEntries(item, at.data, count, bits),
    label: item.text(at.explanation) ?? '',
  }
}

export function readDescriptor(item: DataSet, tag: number, signed: boolean) {
  const [count, first, bits] = item.numbers(tag) ?? []
  if (count === undefined || first === undefined || bits === undefined) {
    throw damaged('a look-up table has no descriptor')
  }
  if (bits < 1 || bits > 16) throw damaged(`a look-up table has entries of ${bits} bits`)
  const wrapped = signed && first > 32_767 ? first - 65_536 : first
  return { count: count <= 0 ? count + 65_536 : count, first: wrapped, bits }
}

/** Entries of up to 8 bits may fill whole words each, or two a word. */
export function readEntries(item: DataSet, tag: number, count: number, bits: number): Uint16Array {
  const bytes = item.value(tag)
  const element = item.element(tag)
  if (!bytes || !element) throw damaged('a look-up table has no entries')
  const mask = 2 ** bits - 1
  if (bits <= 8 && bytes.length < count * 2) {
    if (bytes.length < count) throw tooShort(bytes.length, count)
    return Uint16Array.from(bytes.subarray(0, count), (entry) => entry & mask)
  }
  if (bytes.length < count * 2) throw tooShort(bytes.length / 2, count)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { littleEndian } = element.encoding
  return Uint16Array.from(
    { length: count },
    (_, entry) => view.getUint16(2 * entry, littleEndian) & mask,
  )
}

const tooShort = (found: number, count: number) =>
  damaged(`a look-up table has ${Math.floor(found)} of ${count} entries`)

/** The entry for a value. */
export const lookedUp = ({ first, entries }: LookupTable, value: number): number =>
  entries[Math.min(Math.max(Math.round(value) - first, 0), entries.length - 1)]!
