import { expect, test } from 'vitest'
import { moments } from './moments.ts'

test('mean and deviation of a sample', () => {
  // Squares of −1, 0 and 1, over two.
  expect(moments([1, 2, 3])).toEqual({ mean: 2, deviation: 1 })
})

test('one value has no deviation, and none has no mean', () => {
  expect(moments([5])).toEqual({ mean: 5, deviation: undefined })
  expect(moments([])).toEqual({ mean: undefined, deviation: undefined })
})
