import { expect, test } from 'vitest'
import { tensorflow } from './tensorflow.ts'

test('the binding is loaded once and computes', () => {
  const tf = tensorflow()
  expect(tensorflow()).toBe(tf)
  expect(tf.getBackend()).toBe('tensorflow')
  const sum = tf.tidy(() => tf.add(tf.tensor1d([1, 2]), 1).dataSync())
  expect([...sum]).toEqual([2, 3])
})
