/** What a DICOM file begins with: an empty preamble, «DICM» and the file meta group (PS3.10 7.1). */
import { encodeElement } from './encodeElement.ts'

/** Made of a UUID (PS3.5 B.2); names this program as the writer of a file. */
const IMPLEMENTATION_CLASS = '2.25.259781778597378168919217710769255047384'
const IMPLEMENTATION_NAME = 'PNEUMOSCOPE'

const encoding = { littleEndian: true, explicit: true }

export interface MetaGroup {
  /** Left out where the file does not say what it is. */
  readonly sopClass: string
  readonly sopInstance: string
  readonly transferSyntax: string
}

export function metaGroup({ sopClass, sopInstance, transferSyntax }: MetaGroup): Buffer {
  const uid = (tag: number, value: string) =>
    value === '' ? Buffer.alloc(0) : encodeElement(tag, 'UI', value, encoding)
  const group = Buffer.concat([
    encodeElement(0x0002_0001, 'OB', Uint8Array.of(0, 1), encoding),
    uid(0x0002_0002, sopClass),
    uid(0x0002_0003, sopInstance),
    uid(0x0002_0010, transferSyntax),
    uid(0x0002_0012, IMPLEMENTATION_CLASS),
    encodeElement(0x0002_0013, 'SH', IMPLEMENTATION_NAME, encoding),
  ])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(group.length)
  return Buffer.concat([
    ...[Buffer.alloc(128), Buffer.from('DICM')],
    ...[encodeElement(0x0002_0000, 'UL', length, encoding), group],
  ])
}
