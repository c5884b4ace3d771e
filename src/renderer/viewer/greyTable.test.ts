import { expect, test } from 'vitest'
import { turnedOver } from './film.ts'
import type { GreyScale } from './greyScale.ts'
import { pixelTable } from './greyTable.ts'
import { testFilm } from './testFilm.ts'

const full: GreyScale = { shape: 'linear-exact', centre: 127.5, width: 255 }

/** The grey (0–255) that a sample of the film is drawn with. */
function drawn(film: ReturnType<typeof testFilm>, scale: GreyScale, invert = false) {
  const table = pixelTable(film, scale, invert)
  return (sample: number) => {
    const index = Math.round(sample * table.scale + table.offset)
    return table.pixels[Math.min(Math.max(index, 0), table.pixels.length - 1)]! & 0xff
  }
}

test('the full window of eight bits leaves values as they are', () => {
  const film = testFilm(Uint8Array.of(0, 255))
  expect([0, 100, 255].map(drawn(film, full))).toEqual([0, 100, 255])
  expect([0, 100, 255].map(drawn(film, full, true))).toEqual([255, 155, 0])
})

test('signed samples with a slope go through their real values', () => {
  const film = testFilm(Int16Array.of(-1024, 3071), { slope: 2, intercept: 48 })
  // −24 is the real value 0, 76 is 200.
  expect([-1024, -24, 26, 76].map(drawn(film, { ...full, centre: 100, width: 200 }))).toEqual([
    0, 0, 128, 255,
  ])
})

test('a negative slope turns greys over by itself, polarity once more', () => {
  const film = testFilm(Uint8Array.of(0, 255), { slope: -1, intercept: 255 })
  expect([0, 255].map(drawn(film, full))).toEqual([255, 0])
  expect([0, 255].map(drawn(turnedOver(film), full))).toEqual([0, 255])
  expect([0, 255].map(drawn(turnedOver(film), full, true))).toEqual([255, 0])
})

test('floating-point samples are told apart within the narrowest window', () => {
  const film = testFilm(Float32Array.of(-5, 5))
  const grey = drawn(film, { ...full, centre: 0.5, width: 0.001 })
  expect([-5, 0.4995, 0.5, 0.5005, 5].map(grey)).toEqual([0, 0, 128, 255, 255])
  const sigmoid = drawn(film, { shape: 'sigmoid', centre: 0, width: 2 })
  expect([-5, 0, 5].map(sigmoid)).toEqual([0, 128, 255])
})

test('pixels are opaque', () => {
  const { pixels } = pixelTable(testFilm(Uint8Array.of(18, 19)), full, false)
  expect([...new Uint8Array(pixels.buffer, 0, 4)]).toEqual([18, 18, 18, 255])
})
