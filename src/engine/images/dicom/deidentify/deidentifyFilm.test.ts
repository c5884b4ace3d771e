import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Encoding } from '../element.ts'
import { openImage } from '../image.ts'
import { openDicom } from '../openDicom.ts'
import { dicomFile, elementBytes, imageElements, type Written } from '../testing/writeDicom.ts'
import type { ProfileOptions } from './actions.ts'
import { deidentifyFilm } from './deidentifyFilm.ts'
import { profileTable } from './profileTable.ts'
import { createPseudonyms } from './pseudonyms.ts'

const EXPLICIT = '1.2.840.10008.1.2.1'
const explicit: Encoding = { littleEndian: true, explicit: true }
const basic: ProfileOptions = { dates: 'remove', keepCharacteristics: false }
const pseudonyms = createPseudonyms(Buffer.alloc(32, 7))
const pixels: Written = [0x7fe0_0010, 'OW', Uint8Array.of(1, 2, 3, 4, 5, 6)]

const treat = (file: Uint8Array, options: Partial<ProfileOptions> = {}) =>
  deidentifyFilm(file, { options: { ...basic, ...options }, pseudonyms })

/** A 3×2 film of a person whose name stands everywhere; `more` comes before the image's own elements. */
function film(
  more: readonly Written[] = [],
  { syntax = EXPLICIT, encoding = explicit }: { syntax?: string; encoding?: Encoding } = {},
): Buffer {
  const all: Written[] = [
    [0x0008_0018, 'UI', '1.2.3.4'],
    [0x0010_0010, 'PN', 'Zebedee^Quentin'],
    [0x0010_0020, 'LO', 'ID4711'],
    [0x0020_000d, 'UI', '1.2.3.1'],
    [0x0020_000e, 'UI', '1.2.3.2'],
    ...more,
    ...imageElements({ rows: 2, columns: 3 }, pixels),
  ]
  return dicomFile(
    syntax,
    all.sort(([a], [b]) => a - b),
    encoding,
  )
}

const itemOf = (elements: readonly Written[], encoding = explicit): Buffer => {
  const content = Buffer.concat(elements.map((element) => elementBytes(element, encoding)))
  const head = Buffer.alloc(8)
  const u16 = (value: number, at: number) =>
    encoding.littleEndian ? head.writeUInt16LE(value, at) : head.writeUInt16BE(value, at)
  u16(0xfffe, 0)
  u16(0xe000, 2)
  if (encoding.littleEndian) head.writeUInt32LE(content.length, 4)
  else head.writeUInt32BE(content.length, 4)
  return Buffer.concat([head, content])
}

const read = (bytes: Uint8Array) => openDicom(bytes).dataSet
const holds = (bytes: Uint8Array, words: string) => Buffer.from(bytes).includes(words)

const nine: Written = [0x7fe0_0010, 'OB', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)]

test.each([
  ['explicit', EXPLICIT, explicit],
  ['implicit', '1.2.840.10008.1.2', { littleEndian: true, explicit: false }],
])(
  'a film cut by the byte that only makes its pixels even is whole in its copy, %s',
  (_, syntax, encoding) => {
    const all: Written[] = [
      [0x0008_0018, 'UI', '1.2.3.4'],
      ...imageElements({ rows: 3, columns: 3 }, nine),
    ]
    const cut = dicomFile(syntax, all, encoding).subarray(0, -1)
    const copy = treat(cut).bytes
    const element = read(copy).element(0x7fe0_0010)!
    expect([...copy.subarray(element.value.start)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 0])
    expect(element.value.end - element.value.start).toBe(10)
  },
)

test.each([
  ['explicit little-endian', EXPLICIT, explicit],
  ['implicit', '1.2.840.10008.1.2', { littleEndian: true, explicit: false }],
  ['big-endian', '1.2.840.10008.1.2.2', { littleEndian: false, explicit: true }],
])('a name is in no level of a copy in %s, and the pixels are the same', (_, syntax, encoding) => {
  const inner = itemOf([[0x0010_0010, 'PN', 'Zebedee^Quentin']], encoding)
  const nested = itemOf(
    [
      [0x0008_1155, 'UI', '1.2.3.9'],
      [0x0009_0010, 'LO', 'Zebedee private'],
      [0x0040_a730, 'SQ', inner],
    ],
    encoding,
  )
  const original = film(
    [
      [0x0008_0080, 'LO', 'Zebedee Clinic'],
      [0x0008_1140, 'SQ', nested],
      [0x0008_2218, 'SQ', itemOf([[0x0010_4000, 'LT', 'Zebedee']], encoding)],
      [0x0011_0010, 'LO', 'Zebedee private'],
      [0x0018_0010, 'LO', 'Zebedee agent'],
    ],
    { syntax, encoding },
  )
  const copy = treat(original)
  expect(holds(copy.bytes, 'Zebedee')).toBe(false)
  expect(holds(copy.bytes, 'ID4711')).toBe(false)
  const { dataSet, transferSyntaxUid } = openDicom(copy.bytes)
  expect(transferSyntaxUid).toBe(syntax)
  expect([...dataSet.value(0x7fe0_0010)!]).toEqual([1, 2, 3, 4, 5, 6])
  const [reference] = dataSet.items(0x0008_1140)
  expect(reference?.ascii(0x0008_1155)).toBe(pseudonyms.uid('1.2.3.9'))
  expect(copy.privates).toBe(2)
})

test('a deflated film is deflated again, without the name', () => {
  const plain = film()
  const syntax = '1.2.840.10008.1.2.1.99'
  const head = dicomFile(syntax, [])
  const copy = treat(
    Buffer.concat([head, deflateRawSync(plain.subarray(dicomFile(EXPLICIT, []).length))]),
  )
  const opened = openDicom(copy.bytes)
  expect(opened.transferSyntaxUid).toBe(syntax)
  expect(holds(opened.bytes, 'Zebedee')).toBe(false)
  expect([...opened.dataSet.value(0x7fe0_0010)!]).toEqual([1, 2, 3, 4, 5, 6])
})

test('every attribute of the table is gone, emptied or replaced', () => {
  const marked = (vr: string): Written[2] => {
    if (vr === 'UI') return '9.8.7.6'
    if (vr === 'DA') return '19530424'
    if (vr === 'TM') return '112233'
    if (vr === 'DT') return '19530424112233'
    if (vr === 'SQ') return itemOf([[0x0008_0104, 'LO', 'MARKED']])
    return vr === 'DS' || vr === 'IS' || vr === 'AS' ? '077Y' : 'MARKED'
  }
  const planted = profileTable
    .filter(
      ([tag]) => ![0x0010_0010, 0x0010_0020, 0x0008_0018, 0x0020_000d, 0x0020_000e].includes(tag),
    )
    .map(([tag, , vr]): Written => [tag, vr || 'LO', marked(vr)])
  const copy = treat(film(planted.filter(([tag]) => tag >>> 16 > 4)))
  for (const trace of ['MARKED', '9.8.7.6', '19530424', '112233', '077Y']) {
    expect(holds(copy.bytes, trace), trace).toBe(false)
  }
})

test('what the profile does not speak of stays as it is, byte by byte', () => {
  const kept: Written[] = [
    [0x0018_5101, 'CS', 'PA'],
    [0x0028_1050, 'DS', '2048'],
    [0x0020_0020, 'CS', 'L\\F'],
  ]
  const original = film(kept)
  const { bytes } = treat(original)
  for (const element of kept) expect(Buffer.from(bytes).includes(elementBytes(element))).toBe(true)
})

test('the copy says that identity was removed, how, and that dates are gone', () => {
  const { bytes, patient } = treat(film([[0x0008_0020, 'DA', '20240229']]))
  const dataSet = read(bytes)
  expect(dataSet.ascii(0x0012_0062)).toBe('YES')
  expect(dataSet.ascii(0x0012_0063)).toContain('PS3.15')
  expect(dataSet.items(0x0012_0064).map((item) => item.ascii(0x0008_0100))).toEqual(['113100'])
  expect(dataSet.ascii(0x0028_0303)).toBe('REMOVED')
  expect(dataSet.ascii(0x0008_0020)).toBeUndefined()
  expect(dataSet.ascii(0x0010_0010)).toBe(patient)
  expect(patient).toMatch(/^P-[0-9A-F]{10}$/)
})

test.each([
  ['MZ', 'a program of Windows'],
  ['\u007fELF', 'a program of Linux'],
  ['#!/bin/sh\n', 'a script'],
  ['II*\0', 'a TIFF picture'],
])('a preamble that is «%s», as of %s, becomes 128 zero bytes', (start) => {
  const original = film()
  original.write(start, 0, 'latin1')
  expect(
    treat(original)
      .bytes.subarray(0, 128)
      .every((byte) => byte === 0),
  ).toBe(true)
})

test('the instance keeps one name in meta group and data set, and standard classes keep theirs', () => {
  const { meta, dataSet } = openDicom(treat(film()).bytes)
  expect(dataSet.ascii(0x0008_0018)).toBe(pseudonyms.uid('1.2.3.4'))
  expect(meta.ascii(0x0002_0003)).toBe(dataSet.ascii(0x0008_0018))
  expect(dataSet.ascii(0x0008_0016)).toBe('1.2.840.10008.5.1.4.1.1.1.1')
  expect(dataSet.ascii(0x0008_0018)).toMatch(/^2\.25\.[1-9]\d{0,38}$/)
})

test('dates that are shifted keep their distance, of a patient and across leap days', () => {
  const shifted = (date: string) =>
    read(treat(film([[0x0008_0020, 'DA', date]]), { dates: 'shift' }).bytes)
  const day = (text = '') =>
    Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6))) / 864e5
  const [first, second] = [shifted('20240228'), shifted('20240301')]
  expect(day(second.ascii(0x0008_0020)) - day(first.ascii(0x0008_0020))).toBe(2)
  const back = day('20240228') - day(first.ascii(0x0008_0020))
  expect(back).toBeGreaterThanOrEqual(1)
  expect(back).toBeLessThanOrEqual(3650)
  expect(first.ascii(0x0028_0303)).toBe('MODIFIED')
  const codes = first.items(0x0012_0064).map((item) => item.ascii(0x0008_0100))
  expect(codes).toEqual(['113100', '113107'])
})

test('a birth date is never kept, also where dates are shifted and characteristics stay', () => {
  const original = film([
    [0x0010_0030, 'DA', '19500102'],
    [0x0010_0040, 'CS', 'F'],
    [0x0010_1010, 'AS', '074Y'],
  ])
  const kept = read(treat(original, { dates: 'shift', keepCharacteristics: true }).bytes)
  expect(kept.ascii(0x0010_0030)).toBeUndefined()
  expect([kept.ascii(0x0010_0040), kept.ascii(0x0010_1010)]).toEqual(['F', '074Y'])
  const gone = read(treat(original).bytes)
  expect([gone.ascii(0x0010_0040), gone.ascii(0x0010_1010)]).toEqual([undefined, undefined])
})

test('text that the profile would keep goes where it repeats a name or an id', () => {
  const copy = treat(
    film([
      [0x0018_1004, 'LO', 'plate of zebedee'],
      [0x0018_1261, 'LO', 'PHOSPHOR ID4711'],
      [0x0018_1405, 'IS', '4711'],
    ]),
  )
  const dataSet = read(copy.bytes)
  expect(dataSet.has(0x0018_1261)).toBe(false)
  expect(dataSet.ascii(0x0018_1405)).toBe('4711')
  expect(copy.suspicious).toContain('(0018,1261)')
})

test.each([
  ['the file says so', [[0x0028_0301, 'CS', 'YES']], /burned into/],
  ['the file says nothing', [], /does not say/],
  [
    'it is a copy of paper',
    [
      [0x0008_0064, 'CS', 'DF'],
      [0x0028_0301, 'CS', 'NO'],
    ],
    /paper/,
  ],
] as [string, Written[], RegExp][])('a person is to look at a film where %s', (_, more, words) => {
  expect(treat(film(more)).reasonsToLook.join()).toMatch(words)
})

test('nobody need look at a film whose file says that nothing is burned in', () => {
  expect(treat(film([[0x0028_0301, 'CS', 'NO']])).reasonsToLook).toEqual([])
})

test('overlays are taken out with their words', () => {
  const { bytes } = treat(
    film([
      [0x6000_0010, 'US', [2]],
      [0x6000_3000, 'OW', Buffer.from('Zebedee ')],
      [0x6000_4000, 'LT', 'Zebedee'],
    ]),
  )
  expect([...read(bytes).elements.keys()].some((tag) => tag >>> 24 === 0x60)).toBe(false)
})

test('the copy is a film that is read as the original is', async () => {
  const [before, after] = [film(), treat(film()).bytes].map((bytes) => openImage(bytes))
  expect(await after!.frames.read(0)).toEqual(await before!.frames.read(0))
})

test('a report is refused, because its words cannot be vouched for', () => {
  const report = dicomFile(EXPLICIT, [[0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.88.33']])
  expect(() => treat(report)).toThrow(/no picture \(Comprehensive SR/)
})

test('a film that is cut off is refused', () => {
  expect(() => treat(film().subarray(0, -1))).toThrow(
    expect.objectContaining({ code: 'TRUNCATED' }),
  )
})
