import { expect, test } from 'vitest'
import type { Initializer } from '../../shared/domain/modelSpec.ts'
import { initialWeights } from './initialWeights.ts'

const drawn = (initializer: Initializer, name = 'a/kernel', seed = 1) =>
  initialWeights([{ name, shape: [3, 3, 16, 32], initializer, trainable: true, kernel: true, l2: 0 }], seed)[0]!.values // prettier-ignore

// A 3×3 window over 16 channels into 32 has fans of 144 and 288.
const bounds: [Initializer, number, number][] = [
  ['glorotUniform', Math.sqrt(6 / 432), Math.sqrt(2 / 432)],
  ['heUniform', Math.sqrt(6 / 144), Math.sqrt(2 / 144)],
  ['glorotNormal', (2 * Math.sqrt(2 / 432)) / 0.8796, Math.sqrt(2 / 432)],
  ['heNormal', (2 * Math.sqrt(2 / 144)) / 0.8796, Math.sqrt(2 / 144)],
]

test.each(bounds)('%s stays within %f with a deviation of %f', (initializer, limit, deviation) => {
  const values = drawn(initializer)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(limit * 1.0001)
  expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(limit * 0.95)
  expect(Math.sqrt(variance) / deviation).toBeCloseTo(1, 1)
  expect(Math.abs(mean)).toBeLessThan(deviation / 10)
})

test('zeros and ones are what they say', () => {
  expect(new Set(drawn('zeros'))).toEqual(new Set([0]))
  expect(new Set(drawn('ones'))).toEqual(new Set([1]))
})

test('weights follow from seed and name alone', () => {
  expect(drawn('heNormal')).toEqual(drawn('heNormal'))
  expect(drawn('heNormal', 'b/kernel')).not.toEqual(drawn('heNormal'))
  expect(drawn('heNormal', 'a/kernel', 2)).not.toEqual(drawn('heNormal'))
})
