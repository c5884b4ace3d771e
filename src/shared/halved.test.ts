import { expect, test } from 'vitest'
import { mostHalvings } from './domain/filmPixels.ts'
import { halved, halvedSize, halvingsSeen, levelFor } from './halved.ts'

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

test('a side is rounded up at each halving', () => {
  expect(halvedSize({ width: 2500, height: 2047 }, 1)).toEqual({ width: 1250, height: 1024 })
  expect(halvedSize({ width: 5, height: 1 }, 2)).toEqual({ width: 2, height: 1 })
  expect(halvedSize({ width: 5, height: 1 }, 0)).toEqual({ width: 5, height: 1 })
})

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
