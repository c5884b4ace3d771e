import { expect, test } from 'vitest'
import { turnedOver } from './film.ts'
import { levelOf, pyramid, type Pyramid } from './pyramid.ts'
import { testFilm } from './testFilm.ts'

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

test('a film that is here halved has the same levels from there on as the film itself', () => {
  const size = { columns: 1500, rows: 701 }
  const samples = Uint16Array.from({ length: 1500 * 701 }, (_, at) => (at * 7919) % 4096)
  const whole = pyramid(testFilm(samples, size))
  const first = pyramid(testFilm(whole.level(1).samples, { ...size, halvings: 1 }))
  expect([first.levels, first.finest]).toEqual([3, 1])
  expect([first.level(1), first.level(2)]).toEqual([whole.level(1), whole.level(2)])
})
