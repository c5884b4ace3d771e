/** One element of a data set as it lies in the file (PS3.5 7): where its value is, not the value. */

export interface Encoding {
  readonly littleEndian: boolean
  /** Each element names its value representation. */
  readonly explicit: boolean
}

/** A stretch of the file, from the first byte up to `end`. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

export interface Element {
  /** Group × 65,536 + element. */
  readonly tag: number
  /** Two letters; undefined where the file names none. */
  readonly vr: string | undefined
  /** The first byte of its tag. */
  readonly start: number
  readonly value: Stretch
  /** The first byte behind it, delimiters included. */
  readonly end: number
  readonly encoding: Encoding
  /** Of encapsulated pixels, the first one holding the offset table (PS3.5 A.4). */
  readonly fragments?: readonly Stretch[]
}

export type Elements = ReadonlyMap<number, Element>

/** «(7FE0,0010)», as people look them up. */
export function nameOfTag(tag: number): string {
  const digits = tag.toString(16).toUpperCase().padStart(8, '0')
  return `(${digits.slice(0, 4)},${digits.slice(4)})`
}

export const tags = {
  item: 0xfffe_e000,
  itemEnd: 0xfffe_e00d,
  sequenceEnd: 0xfffe_e0dd,
  trailingPadding: 0xfffc_fffc,
  transferSyntax: 0x0002_0010,
  mediaStorageSopClass: 0x0002_0002,
  characterSet: 0x0008_0005,
  sopClass: 0x0008_0016,
  sopInstance: 0x0008_0018,
  floatPixels: 0x7fe0_0008,
  doublePixels: 0x7fe0_0009,
  pixels: 0x7fe0_0010,
  extendedOffsets: 0x7fe0_0001,
} as const
