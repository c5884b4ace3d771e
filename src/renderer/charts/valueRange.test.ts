import { expect, test } from 'vitest'
import { valueRange } from './valueRange.ts'

test('an axis holds its values and its level with a little air', () => {
  expect(valueRange([1, null, 2], 0)).toEqual([-0.16, 2.16])
})

test('a share has no air beyond 0 and 1', () => {
  expect(valueRange([0, 1], undefined, { least: 0, most: 1 })).toEqual([0, 1])
})

test('one value, or none, still makes an axis', () => {
  expect(valueRange([])).toEqual([0, 1])
  expect(valueRange([2])).toEqual([1.8, 2.2])
})
