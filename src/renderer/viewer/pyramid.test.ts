import { expect, test } from 'vitest'
import { turnedOver } from './film.ts'
import { halved, levelFor, levelOf, pyramid, type Pyramid } from './pyramid.ts'
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

test('a film of odd size keeps its last row and column, which are means of what is there', () => {
  // 1 2 3 / 4 5 6 / 7 8 9: the corner stands for itself, the edges are means of two.
  const samples = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)
  const { samples: half } = halved({ samples, width: 3, height: 3, channels: 1 })
  expect([...half]).toEqual([3, 5, 8, 9])
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
  const sizes = ({ levels, level }: Pyramid) =>
    Array.from({ length: levels }, (_, index) => [level(index).width, level(index).height])
  expect(sizes(pyramid(film(1, 1)))).toEqual([[1, 1]])
  expect(sizes(pyramid(film(1500, 700)))).toEqual([
    [1500, 700],
    [750, 350],
    [375, 175],
  ])
  const square = pyramid(film(1024, 1024))
  expect([square.levels, pyramid(film(1025, 1)).levels]).toEqual([2, 3])
  // A level asked for first makes those below it, once.
  expect(square.level(1)).toBe(square.level(1))
})

test('the level drawn has between one and two pixels for each one of the screen', () => {
  expect([2, 1, 0.6, 0.5, 0.26, 0.25, 0.01].map((scale) => levelFor(scale, 4))).toEqual([
    0, 0, 0, 1, 1, 2, 3,
  ])
})
