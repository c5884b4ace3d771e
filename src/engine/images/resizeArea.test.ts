import { expect, test } from 'vitest'
import { resizeBilinear } from './resize.ts'
import { resizeArea } from './resizeArea.ts'

test('each pixel is the mean of the area that it covers', () => {
  const pixels = Uint8Array.of(10, 20, 30, 40, 50, 60, 70, 80)
  expect(resizeArea(pixels, { rows: 2, columns: 4 }, { rows: 1, columns: 2 }, 1)).toEqual(
    // (10 + 20 + 50 + 60) / 4 and (30 + 40 + 70 + 80) / 4.
    Uint8Array.of(35, 55),
  )
})

test('pixels that lie across an edge count by their share', () => {
  // Three become two: (10 + 0.5 · 20) / 1.5 = 13.33 and (0.5 · 20 + 40) / 1.5 = 33.33.
  expect(
    resizeArea(Uint8Array.of(10, 20, 40), { rows: 1, columns: 3 }, { rows: 1, columns: 2 }, 1),
  ).toEqual(Uint8Array.of(13, 33))
})

test('colours stay apart', () => {
  const pixels = Uint8Array.of(0, 100, 200, 50, 150, 250)
  expect(resizeArea(pixels, { rows: 1, columns: 2 }, { rows: 1, columns: 1 }, 3)).toEqual(
    Uint8Array.of(25, 125, 225),
  )
})

test('a fine pattern becomes even grey, where points would make another pattern of it', () => {
  const from = { rows: 90, columns: 90 }
  const to = { rows: 10, columns: 10 }
  const stripes = Uint8Array.from({ length: 8100 }, (_, at) => (at % 2 === 0 ? 0 : 255))
  const spread = (pixels: Uint8Array) => Math.max(...pixels) - Math.min(...pixels)
  expect(spread(resizeArea(stripes, from, to, 1))).toBeLessThan(30)
  expect(spread(resizeBilinear(stripes, from, to, 1))).toBe(255)
})

test('a film that only grows is bilinear', () => {
  const pixels = Uint8Array.of(0, 100, 200, 255)
  const from = { rows: 2, columns: 2 }
  const to = { rows: 5, columns: 3 }
  expect(resizeArea(pixels, from, to, 1)).toEqual(resizeBilinear(pixels, from, to, 1))
})
