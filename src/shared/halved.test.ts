import { expect, test } from 'vitest'
import { mostHalvings } from './domain/filmPixels.ts'
import { halvingsSeen, levelFor } from './halved.ts'

test('the level drawn has between one and two pixels for each one of the screen', () => {
  expect([2, 1, 0.6, 0.5, 0.26, 0.25, 0.01].map((scale) => levelFor(scale, 4))).toEqual([
    0, 0, 0, 1, 1, 2, 3,
  ])
})

test('a film is halved until it holds just more pixels than it is drawn with', () => {
  const seen = (width: number, height: number, paneWidth: number, paneHeight: number) =>
    halvingsSeen({ width, height }, { width: paneWidth, height: paneHeight })
  expect(seen(2500, 2048, 900, 700)).toBe(1)
  expect(seen(2500, 2048, 1800, 1400)).toBe(0)
  expect(seen(2500, 2048, 600, 3000)).toBe(2)
  expect(seen(200, 200, 10, 10)).toBe(0)
  expect(seen(60_000, 60_000, 100, 100)).toBe(mostHalvings)
})
