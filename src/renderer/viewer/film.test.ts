import { expect, test } from 'vitest'
import { automatic, fullRange } from './film.ts'
import { testFilm } from './testFilm.ts'

test('the automatic window leaves out one per cent at either end', () => {
  // 200 values 0 … 199: two of them (0, 1) are the first per cent, and 197 is the 198th.
  expect(automatic(testFilm(Uint8Array.from({ length: 200 }, (_, value) => value)))).toEqual({
    centre: 99,
    width: 196,
  })
})

test('the full range goes from the darkest to the brightest value', () => {
  expect(
    fullRange(testFilm(Uint16Array.of(100, 40_000, 300), { minimum: 100, maximum: 40_000 })),
  ).toEqual({
    centre: 20_050,
    width: 39_900,
  })
})

test('a film of one grey still has a window', () => {
  expect(automatic(testFilm(Uint8Array.of(7, 7, 7)))).toEqual({ centre: 7, width: 1 })
  expect(fullRange(testFilm(Uint8Array.of(7), { minimum: 7, maximum: 7 }))).toEqual({
    centre: 7,
    width: 1,
  })
})
