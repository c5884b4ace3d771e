import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { sniffFormat } from '../format.ts'
import { tags } from './element.ts'
import { openDicom } from './openDicom.ts'
import { dicomFile, elementBytes, imageElements, type Written } from './testing/writeDicom.ts'
import { BIG_ENDIAN, EXPLICIT, IMPLICIT } from './transferSyntaxes.ts'

const pixels: Written = [tags.pixels, 'OW', Uint8Array.of(1, 2, 3, 4)]
const elements = imageElements({ rows: 2, columns: 2 }, pixels)

const rowsOf = (file: Uint8Array) => openDicom(file).dataSet.number(0x0028_0010)

test('a file is DICOM by its content: with preamble, with the meta group alone, or as a bare data set', () => {
  const whole = dicomFile(EXPLICIT, elements)
  const implicit = { littleEndian: true, explicit: false }
  const big = { littleEndian: false, explicit: true }
  const bare = (encoding?: typeof big) =>
    Buffer.concat(elements.map((element) => elementBytes(element, encoding)))
  for (const file of [
    whole,
    whole.subarray(132),
    bare(),
    bare(implicit),
    bare(big),
    dicomFile(IMPLICIT, elements, implicit),
    dicomFile(BIG_ENDIAN, elements, big),
  ]) {
    expect(sniffFormat(file.subarray(0, 1024))).toBe('dicom')
    expect(rowsOf(file)).toBe(2)
  }
  expect(sniffFormat(Buffer.from('a text that is no film at all'))).toBeUndefined()
})

test('a file that is written otherwise than it says is read as it is written', () => {
  expect(rowsOf(dicomFile(IMPLICIT, elements))).toBe(2)
  expect(rowsOf(dicomFile(EXPLICIT, elements, { littleEndian: true, explicit: false }))).toBe(2)
})

test('a deflated data set is inflated, and a bomb is refused', () => {
  const start = dicomFile('1.2.840.10008.1.2.1.99', [])
  const deflated = (bytes: Uint8Array) => Buffer.concat([start, deflateRawSync(bytes)])
  expect(rowsOf(deflated(Buffer.concat(elements.map((element) => elementBytes(element)))))).toBe(2)
  expect(() => openDicom(deflated(Buffer.alloc(64 * 2 ** 20)))).toThrow(/would become larger than/)
})

test('a length that leads out of the file is refused with tag and byte', () => {
  const file = dicomFile(EXPLICIT, elements)
  expect(() => openDicom(file.subarray(0, -2))).toThrow(
    /\(7FE0,0010\) at byte \d+ has 4 bytes, of which 2 are there/,
  )
})

/** Sequences in sequences, of undefined or of defined length. */
function nested(levels: number, isDefined: boolean): Buffer {
  let inner = Buffer.alloc(0)
  for (let level = 0; level < levels; level++) {
    const item = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff])
    const head = Buffer.from([0x40, 0, 0x30, 0xa7, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff])
    const itemEnd = Buffer.from([0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0])
    const end = Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0])
    if (!isDefined) inner = Buffer.concat([head, item, inner, itemEnd, end])
    else {
      item.writeUInt32LE(inner.length, 4)
      head.writeUInt32LE(inner.length + 8, 8)
      inner = Buffer.concat([head, item, inner])
    }
  }
  return inner
}

test('sequences may nest 60 deep, and are refused at 70 and at 20,000 levels', () => {
  const file = (levels: number, isDefined: boolean) =>
    Buffer.concat([dicomFile(EXPLICIT, elements.slice(0, -1)), nested(levels, isDefined)])
  for (const isDefined of [true, false]) {
    expect(rowsOf(file(60, isDefined))).toBe(2)
    expect(() => openDicom(file(70, isDefined))).toThrow(/nested deeper than 64/)
  }
  expect(() => openDicom(file(20_000, false))).toThrow(/nested deeper than 64/)
})
