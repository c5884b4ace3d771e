import { expect, test } from 'vitest'
import { turnedOver } from './film.ts'
import { halved, levelFor, levelOf, pyramid } from './pyramid.ts'
import { testFilm } from './testFilm.ts'

test('each pixel of a halved film is the mean of four', () => {
  const samples = Uint8Array.of(0, 10, 20, 30, 100, 110, 120, 130)
  const half = halved({ samples, width: 4, height: 2, channels: 1 })
  expect(half).toMatchObject({ samples: Uint8Array.of(55, 75), width: 2, height: 1 })
})

test('an odd edge stands for itself, and 16 bits stay 16 bits', () => {
  const half = halved({
    ...{ samples: Uint16Array.of(1000, 3000, 65_535), width: 3, height: 1, channels: 1 },
  })
  expect(half).toMatchObject({ samples: Uint16Array.of(2000, 65_535), width: 2, height: 1 })
})

test('floats keep their fractions, and signed numbers their sign', () => {
  const floats = { samples: Float32Array.of(0.5, 1), width: 2, height: 1, channels: 1 } as const
  expect(halved(floats).samples).toEqual(Float32Array.of(0.75))
  const signed = { ...floats, samples: Int16Array.of(-1000, -2000) }
  expect(halved(signed).samples).toEqual(Int16Array.of(-1500))
})

test('red, green and blue are halved each for itself', () => {
  const samples = Uint8Array.of(0, 10, 20, 100, 110, 120)
  expect(halved({ samples, width: 2, height: 1, channels: 3 }).samples).toEqual(
    Uint8Array.of(50, 60, 70),
  )
})

test('padding becomes the value that is shown black, so that no mean brightens its edge', () => {
  const film = testFilm(Int16Array.of(-2000, 5, 9), { padding: { from: -2000, to: -2000 } })
  expect(levelOf(film).samples).toEqual(Int16Array.of(5, 5, 9))
  expect(levelOf(turnedOver(film)).samples).toEqual(Int16Array.of(9, 5, 9))
})

test('a film of one pixel and one of 1,500 × 700 have one and three levels', () => {
  const film = (columns: number, rows: number) =>
    testFilm(new Uint8Array(columns * rows), { columns, rows })
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
