import { expect, test } from 'vitest'
import { halved, levelFor, pyramid } from './pyramid.ts'
import { testFilm } from './testFilm.ts'

test('each pixel of a halved film is the mean of four', () => {
  const samples = Uint8Array.of(0, 10, 20, 30, 100, 110, 120, 130)
  const half = halved({ samples, width: 4, height: 2 })
  expect(half).toEqual({ samples: Uint8Array.of(55, 75), width: 2, height: 1 })
})

test('an odd edge stands for itself, and 16 bits stay 16 bits', () => {
  const half = halved({ samples: Uint16Array.of(1000, 3000, 65_535), width: 3, height: 1 })
  expect(half).toEqual({ samples: Uint16Array.of(2000, 65_535), width: 2, height: 1 })
})

test('a film of one pixel and one of 1,500 × 700 have one and three levels', () => {
  const film = (width: number, height: number) =>
    testFilm(new Uint8Array(width * height), { width, height })
  expect(pyramid(film(1, 1)).map(({ width, height }) => [width, height])).toEqual([[1, 1]])
  expect(pyramid(film(1500, 700)).map(({ width, height }) => [width, height])).toEqual([
    [1500, 700],
    [750, 350],
    [375, 175],
  ])
})

test('the level drawn has between one and two pixels for each one of the screen', () => {
  expect([2, 1, 0.6, 0.5, 0.26, 0.25, 0.01].map((scale) => levelFor(scale, 4))).toEqual([
    0, 0, 0, 1, 1, 2, 3,
  ])
})
