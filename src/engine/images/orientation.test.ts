import { expect, test } from 'vitest'
import { exifOrientation, orientationOf, upright, type Orientation } from './orientation.ts'

/** Two rows of three: a b c over d e f. */
const lying = { rows: 2, columns: 3, channels: 1, samples: new Uint8Array(Buffer.from('abcdef')) }

test.each<[Orientation, string]>([
  [1, 'abc def'],
  [2, 'cba fed'],
  [3, 'fed cba'],
  [4, 'def abc'],
  [5, 'ad be cf'],
  [6, 'da eb fc'],
  [7, 'fc eb da'],
  [8, 'cf be ad'],
])('orientation %i is seen as %s', (orientation, rows) => {
  const seen = upright(lying, orientation)
  const text = String.fromCharCode(...seen.samples)
  expect([seen.rows, seen.columns]).toEqual([rows.split(' ').length, rows.indexOf(' ')])
  expect(text).toBe(rows.replaceAll(' ', ''))
})

test('the colours of a pixel stay together, and so do samples of 16 bits', () => {
  const samples = Uint16Array.of(1000, 2000, 3000, 4000, 5000, 6000)
  const seen = upright({ rows: 1, columns: 2, channels: 3, samples }, 2)
  expect([...seen.samples]).toEqual([4000, 5000, 6000, 1000, 2000, 3000])
})

test('an EXIF block is read in both byte orders; a broken one, and a value that does not exist, turn nothing', () => {
  const little = Buffer.from('49492a000800000001001201030001000000060000000000', 'hex')
  const big = Buffer.from('4d4d002a0000000800010112000300000001000800000000', 'hex')
  expect([exifOrientation(little), exifOrientation(big)]).toEqual([6, 8])
  for (let cut = 0; cut < 20; cut++) expect(exifOrientation(little.subarray(0, cut))).toBe(1)
  expect([undefined, 0, 9, 1.5].map(orientationOf)).toEqual([1, 1, 1, 1])
})
