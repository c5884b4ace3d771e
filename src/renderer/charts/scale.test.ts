import { expect, test } from 'vitest'
import { place, scaleOf, short, ticks } from './scale.ts'

test('an axis is marked with round numbers within its bounds', () => {
  expect(ticks({ kind: 'linear', min: 0.61, max: 0.99 })).toEqual([0.7, 0.8, 0.9])
  expect(ticks({ kind: 'linear', min: 0, max: 1 }, 4)).toEqual([0, 0.5, 1])
  expect(ticks({ kind: 'log', min: 900, max: 60_000 })).toEqual([
    1000, 2000, 5000, 10_000, 20_000, 50_000,
  ])
  expect(ticks({ kind: 'log', min: 1, max: 1e6 })).toEqual([1, 10, 100, 1000, 1e4, 1e5, 1e6])
})

test('a logarithmic axis gives each factor the same room', () => {
  const scale = { kind: 'log', min: 1, max: 10_000 } as const
  expect(place(scale, 100)).toBeCloseTo(0.5)
  expect(place({ kind: 'linear', min: 2, max: 6 }, 3)).toBe(0.25)
})

test('one value, or none, still makes an axis', () => {
  expect(scaleOf([])).toEqual({ kind: 'linear', min: 0, max: 1 })
  expect(place(scaleOf([0.5]), 0.5)).toBeCloseTo(0.5)
  expect(place(scaleOf([1000], 'log'), 1000)).toBeCloseTo(0.5)
})

test('large numbers are written short', () => {
  expect([short(11_169_089), short(93_322), short(9_332), short(0.125)]).toEqual([
    '11.2 M',
    '93.3 k',
    '9332',
    '0.125',
  ])
})
