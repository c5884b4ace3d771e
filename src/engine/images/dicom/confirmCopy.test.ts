import { expect, test } from 'vitest'
import { confirmCopy } from './confirmCopy.ts'
import { dicomFile, imageElements, type Written } from './testing/writeDicom.ts'

const film = (...more: Written[]) =>
  dicomFile('1.2.840.10008.1.2.1', [
    [0x0008_0018, 'UI', '1.2.3'],
    [0x0010_0020, 'LO', 'P-1'],
    ...more,
    [0x0012_0062, 'CS', 'YES'],
    ...imageElements({ rows: 1, columns: 2 }, [0x7fe0_0010, 'OB', Uint8Array.of(1, 2)]),
  ])
const facts = { sopInstanceUid: '1.2.3', patient: 'P-1', pixelBytes: 2 }

test('a copy in which the other parser finds what was meant is confirmed', () => {
  expect(() => confirmCopy(film(), facts)).not.toThrow()
})

test.each([
  ['another patient', film(), { ...facts, patient: 'P-2' }],
  ['another instance', film(), { ...facts, sopInstanceUid: '1.2.4' }],
  ['other pixels', film(), { ...facts, pixelBytes: 4 }],
  ['a private attribute', film([0x0011_0010, 'LO', 'ACME']), facts],
  ['cannot read it', film().subarray(0, -2), facts],
] as const)('a copy is not written where the other parser says: %s', (words, bytes, expected) => {
  expect(() => confirmCopy(bytes, expected)).toThrow(words)
})
