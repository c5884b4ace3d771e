import { expect, test } from 'vitest'
import { automatic, fullRange, type FilmPixels } from './film.ts'

const film = (samples: Uint8Array | Uint16Array): FilmPixels => ({
  samples,
  width: samples.length,
  height: 1,
  minimum: Math.min(...samples),
  maximum: Math.max(...samples),
  window: { centre: 0, width: 1 },
})

test('the automatic window leaves out one per cent at either end', () => {
  // 200 values 0 … 199: two of them (0, 1) are the first per cent, and 197 is the 198th.
  expect(automatic(film(Uint8Array.from({ length: 200 }, (_, value) => value)))).toEqual({
    centre: 99,
    width: 196,
  })
})

test('the full range goes from the darkest to the brightest value', () => {
  expect(fullRange(film(Uint16Array.of(100, 40_000, 300)))).toEqual({
    centre: 20_050,
    width: 39_900,
  })
})

test('a film of one grey still has a window', () => {
  expect(automatic(film(Uint8Array.of(7, 7, 7)))).toEqual({ centre: 7, width: 1 })
  expect(fullRange(film(Uint8Array.of(7)))).toEqual({ centre: 7, width: 1 })
})
