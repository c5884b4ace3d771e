import { expect, test } from 'vitest'
import { ratios, timing } from './measure.ts'

test('the median of an even number of values lies between the middle two', () => {
  expect(timing([4, 1, 3, 2])).toEqual({ median: 2.5, least: 1, most: 4 })
  expect(timing([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3 })
})

test('half the time is twice as fast, round by round', () => {
  expect(ratios([1, 2], [2, 3])).toEqual([2, 1.5])
})
