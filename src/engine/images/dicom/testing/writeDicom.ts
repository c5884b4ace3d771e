/** A DICOM file for tests, element by element in explicit little-endian, or as `encoding` says. */
import type { Encoding } from '../element.ts'

/** A tag, its representation, and its value; numbers are written as the representation has them. */
export type Written = readonly [
  tag: number,
  vr: string,
  value: string | Uint8Array | readonly number[],
]

const long = new Set(['OB', 'OW', 'OF', 'OD', 'SQ', 'UN', 'UT', 'UC', 'UR'])

export function elementBytes(
  [tag, vr, value]: Written,
  { littleEndian, explicit }: Encoding = { littleEndian: true, explicit: true },
): Buffer {
  const bytes = valueBytes(vr, value, littleEndian)
  const head = Buffer.alloc(explicit && long.has(vr) ? 12 : 8)
  const u16 = (number: number, at: number) =>
    littleEndian ? head.writeUInt16LE(number, at) : head.writeUInt16BE(number, at)
  const u32 = (number: number, at: number) =>
    littleEndian ? head.writeUInt32LE(number, at) : head.writeUInt32BE(number, at)
  u16(tag >>> 16, 0)
  u16(tag & 0xffff, 2)
  if (!explicit) u32(bytes.length, 4)
  else {
    head.write(vr, 4, 'latin1')
    if (long.has(vr)) u32(bytes.length, 8)
    else u16(bytes.length, 6)
  }
  return Buffer.concat([head, bytes])
}

function valueBytes(vr: string, value: Written[2], littleEndian: boolean): Buffer {
  if (typeof value === 'string') {
    return Buffer.from(
      value.length % 2 === 0 ? value : value + (vr === 'UI' ? '\0' : ' '),
      'latin1',
    )
  }
  if (value instanceof Uint8Array) {
    return Buffer.concat([value, Buffer.alloc(value.length % 2)])
  }
  const words = Buffer.alloc(value.length * 2)
  value.forEach((number, at) => {
    if (littleEndian) words.writeUInt16LE(number & 0xffff, 2 * at)
    else words.writeUInt16BE(number & 0xffff, 2 * at)
  })
  return words
}

/** With preamble and meta group. */
export function dicomFile(
  transferSyntax: string,
  elements: readonly Written[],
  encoding?: Encoding,
): Buffer {
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    elementBytes([0x0002_0010, 'UI', transferSyntax]),
    ...elements.map((element) => elementBytes(element, encoding)),
  ])
}

export interface SmallImage {
  readonly rows: number
  readonly columns: number
  readonly bitsAllocated?: number
  readonly bitsStored?: number
  readonly highBit?: number
  readonly signed?: boolean
  readonly photometric?: string
  readonly samples?: number
  readonly frames?: number
  readonly more?: readonly Written[]
}

/** The elements of an image; `pixels` come last. */
export function imageElements(image: SmallImage, pixels: Written): Written[] {
  const { bitsAllocated = 8, bitsStored = bitsAllocated, samples = 1 } = image
  const photometric = image.photometric ?? (samples === 3 ? 'RGB' : 'MONOCHROME2')
  return [
    [0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.1.1'],
    [0x0028_0002, 'US', [samples]],
    [0x0028_0004, 'CS', photometric],
    [0x0028_0008, 'IS', String(image.frames ?? 1)],
    [0x0028_0010, 'US', [image.rows]],
    [0x0028_0011, 'US', [image.columns]],
    [0x0028_0100, 'US', [bitsAllocated]],
    [0x0028_0101, 'US', [bitsStored]],
    [0x0028_0102, 'US', [image.highBit ?? bitsStored - 1]],
    [0x0028_0103, 'US', [image.signed === true ? 1 : 0]],
    ...(image.more ?? []),
    pixels,
  ]
}

/** Encapsulated pixels: the offset table, then the fragments. */
export function fragments(table: readonly number[], ...parts: readonly Uint8Array[]): Buffer {
  const offsets = Buffer.alloc(table.length * 4)
  table.forEach((offset, at) => offsets.writeUInt32LE(offset, 4 * at))
  const item = (bytes: Uint8Array) => {
    const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0])
    head.writeUInt32LE(bytes.length, 4)
    return Buffer.concat([head, bytes])
  }
  return Buffer.concat([
    Buffer.from([0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x42, 0, 0, 0xff, 0xff, 0xff, 0xff]),
    item(offsets),
    ...parts.map(item),
    Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]),
  ])
}
