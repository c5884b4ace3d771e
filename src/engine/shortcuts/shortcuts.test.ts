import { expect, test } from 'vitest'
import type { Plane } from '../data/disturb/plane.ts'
import { isSet } from '../data/disturb/glyphs.ts'
import { shortcutChanges } from './changes.ts'
import { hideMarks } from './hideMarks.ts'
import { opened } from './opened.ts'

const film = (rows: number, columns: number, value: (y: number, x: number) => number): Plane => ({
  ...{ rows, columns },
  pixels: Uint8Array.from({ length: rows * columns }, (_, at) =>
    value(Math.floor(at / columns), at % columns),
  ),
})
const at = ({ columns, pixels }: Plane, y: number, x: number) => pixels[y * columns + x]

test('an opening takes away what is thinner than its square, and keeps the rest', () => {
  // A line of one pixel and a square of five on black.
  const plane = film(20, 20, (y, x) => (y === 2 || (y > 9 && y < 15 && x > 9 && x < 15) ? 200 : 10))
  const found = { ...plane, pixels: opened(plane, 3) }
  expect(at(found, 2, 5)).toBe(10)
  expect([at(found, 10, 10), at(found, 14, 14), at(found, 15, 14)]).toEqual([200, 200, 10])
})

/** Grey that rises from left to right, a bright rib across, and an R of strokes of 4 pixels at the top left. */
const letter = { top: 30, left: 24, dot: 4 }
const isLetter = (y: number, x: number): boolean => {
  const [row, column] = [(y - letter.top) / letter.dot, (x - letter.left) / letter.dot]
  return isSet('R', Math.floor(row), Math.floor(column))
}
const ground = (y: number, x: number) => (y > 180 && y < 230 ? 190 : 60 + x / 8)
const lettered = film(400, 360, (y, x) => (isLetter(y, x) ? 250 : ground(y, x)))

test('a letter near an edge is painted over with the grey around it; bones and the middle stay', () => {
  const hidden = hideMarks(lettered)
  let [furthest, changedElsewhere] = [0, 0]
  for (let y = 0; y < 400; y++)
    for (let x = 0; x < 360; x++) {
      const [value, was] = [at(hidden, y, x)!, at(lettered, y, x)!]
      if (isLetter(y, x)) furthest = Math.max(furthest, Math.abs(value - ground(y, x)))
      else if (y > 80 && value !== was) changedElsewhere++
    }
  expect(furthest).toBeLessThan(16)
  expect(changedElsewhere).toBe(0)
})

test('a film without marks is the same film', () => {
  const plain = film(300, 300, ground)
  expect(hideMarks(plain)).toBe(plain)
})

test('a mark in the middle, where a finding may be, stays', () => {
  const middle = film(400, 400, (y, x) => (y > 195 && y < 203 && x > 195 && x < 203 ? 250 : 60))
  expect(hideMarks(middle)).toBe(middle)
})

test('borders and corners become black as far as they are said to, and nothing else changes', async () => {
  const plain = film(120, 60, () => 100)
  const borders = await shortcutChanges['blank-borders'](plain)
  // A twelfth: 10 rows, 5 columns.
  expect([at(borders, 9, 30), at(borders, 10, 30)]).toEqual([0, 100])
  expect([at(borders, 60, 4), at(borders, 60, 5)]).toEqual([0, 100])
  expect([at(borders, 110, 30), at(borders, 109, 30)]).toEqual([0, 100])
  const corners = await shortcutChanges['blank-corners'](plain)
  // A fifth: 24 rows, 12 columns.
  expect([at(corners, 23, 11), at(corners, 24, 11), at(corners, 23, 12)]).toEqual([0, 100, 100])
  expect([at(corners, 119, 59), at(corners, 60, 0), at(corners, 0, 30)]).toEqual([0, 100, 100])
})

test('mirrored twice is the film again, and a JPEG of it has its size', async () => {
  const plain = film(16, 24, (y, x) => y * 10 + x)
  const once = await shortcutChanges.mirrored(plain)
  expect(at(once, 3, 0)).toBe(at(plain, 3, 23))
  expect((await shortcutChanges.mirrored(once)).pixels).toEqual(plain.pixels)
  const again = await shortcutChanges['re-encoded'](plain)
  expect([again.rows, again.columns, again.pixels.length]).toEqual([16, 24, 384])
  expect(again.pixels).not.toEqual(plain.pixels)
})
