import { expect, test } from 'vitest'
import { finestWidth, turnedOver, valueAt } from './film.ts'
import { testFilm } from './testFilm.ts'

test('a pixel’s real value is slope × sample + intercept; padding and the outside have none', () => {
  const film = testFilm(Int16Array.of(-2000, 10, 20, 30), {
    ...{ rows: 2, columns: 2, slope: 2, intercept: -1000 },
    padding: { from: -2000, to: -2000 },
  })
  expect(valueAt(film, 1, 1)).toBe(-940)
  expect(valueAt(film, 0, 0)).toBeUndefined()
  expect(valueAt(film, 2, 0)).toBeUndefined()
  expect([film.minimum, film.maximum]).toEqual([-980, -940])
})

test('a film that is here halved has its size, and no value at a pixel yet', () => {
  const film = testFilm(Uint8Array.of(7), { rows: 2, columns: 2, halvings: 1 })
  expect([film.width, film.height, film.halvings]).toEqual([2, 2, 1])
  expect(valueAt(film, 0, 0)).toBeUndefined()
})

test('a pixel is as high as its spacing says, unless its aspect is given', () => {
  const pixelSpacing = { row: 0.3, column: 0.2, source: 'detector' } as const
  expect(testFilm(Uint8Array.of(1), { pixelSpacing }).aspect).toBeCloseTo(1.5)
  expect(testFilm(Uint8Array.of(1), { pixelSpacing, aspect: 2 }).aspect).toBe(2)
})

test('turning a film over exchanges black and white and keeps its values', () => {
  const film = testFilm(Uint8Array.of(1, 2))
  expect(turnedOver(film)).toEqual({ ...film, inverted: true })
})

test('a window may be as narrow as the film tells values apart', () => {
  expect(finestWidth(testFilm(Uint16Array.of(0, 9)))).toBe(1)
  expect(finestWidth(testFilm(Uint16Array.of(0, 9), { slope: 0.5 }))).toBe(0.5)
  expect(finestWidth(testFilm(Float32Array.of(0, 1)))).toBe(1 / 65_536)
})
