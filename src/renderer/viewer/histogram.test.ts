import { expect, test } from 'vitest'
import { coarse, histogramOf, percentile } from './histogram.ts'
import { testFilm } from './testFilm.ts'

test('a percentile is the smallest value that so many do not exceed', () => {
  // 200 values 0 … 199: two of them (0, 1) are the first per cent, and 197 is the 198th.
  const histogram = histogramOf(testFilm(Uint8Array.from({ length: 200 }, (_, value) => value)))
  expect([0.01, 0.99, 1].map((share) => percentile(histogram, share))).toEqual([1, 197, 199])
})

test('values are counted in real values, padding left out', () => {
  const film = testFilm(Int16Array.of(-1, -1, -1, 0, 1, 1, 3), {
    ...{ slope: -10, intercept: 5, padding: { from: -1, to: -1 } },
  })
  const histogram = histogramOf(film)
  expect(histogram).toMatchObject({ first: -25, step: 10, total: 4 })
  expect([...histogram.counts]).toEqual([1, 0, 2, 1])
})

test('floating-point values fall into 65,536 steps of their range', () => {
  const histogram = histogramOf(testFilm(Float32Array.of(0, 0.25, 0.5, 1)))
  expect(histogram.total).toBe(4)
  expect(percentile(histogram, 0.5)).toBeCloseTo(0.25, 4)
})

test('a film of one grey has one bin', () => {
  expect(percentile(histogramOf(testFilm(Uint8Array.of(7, 7))), 0.99)).toBe(7)
})

test('colour has no greys to count', () => {
  expect(histogramOf(testFilm(Uint8Array.of(1, 2, 3), { samplesPerPixel: 3 })).total).toBe(0)
})

test('a chart adds up neighbouring bins and loses none', () => {
  const histogram = histogramOf(testFilm(Uint8Array.of(0, 1, 2, 3, 4, 9)))
  expect(coarse(histogram, 5)).toEqual([2, 2, 1, 0, 1])
})
