import { expect, test } from 'vitest'
import { lacksAvx, missingAddon, tensorflow } from './tensorflow.ts'

test('the binding is loaded once and computes', () => {
  const tf = tensorflow()
  expect(tensorflow()).toBe(tf)
  expect(tf.getBackend()).toBe('tensorflow')
  const sum = tf.tidy(() => tf.add(tf.tensor1d([1, 2]), 1).dataSync())
  expect([...sum]).toEqual([2, 3])
})

test('where the addon is in use nothing is missing', () => {
  expect(missingAddon()).toBeUndefined()
})

test('a processor without AVX is known before TensorFlow would end the process', () => {
  const facts = (flags: string) =>
    `processor\t: 0\nmodel name\t: Some\nflags\t\t: ${flags}\nbugs\t:`
  expect(lacksAvx(facts('fpu sse4_2 avx avx2'))).toBe(false)
  expect(lacksAvx(facts('fpu sse4_2'))).toBe(true)
  expect(lacksAvx('')).toBe(false)
})
