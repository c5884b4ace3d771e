import { expect, test } from 'vitest'
import { robustScores } from './robustScores.ts'

test('scores count in median distances from the median, and one wild value moves none of the others', () => {
  // Median 3, distances 2 1 0 1 97: their median is 1, times 1.4826.
  const scores = robustScores([1, 2, 3, 4, 100])
  expect(scores[0]).toBeCloseTo(-2 / 1.4826, 12)
  expect(scores[4]).toBeCloseTo(97 / 1.4826, 12)
  expect(robustScores([5, 5, 5, 9])).toEqual([0, 0, 0, 0])
  expect(robustScores([])).toEqual([])
})
