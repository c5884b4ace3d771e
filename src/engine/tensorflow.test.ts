import { expect, test } from 'vitest'
import { lacksAvx, lacksBfloat16, missingAddon, tensorflow } from './tensorflow.ts'

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

test('bfloat16 is left alone where the processor is known to have no instructions for it', () => {
  expect(lacksBfloat16('flags\t\t: fpu avx avx2 avx512f avx512_vnni\n')).toBe(true)
  expect(lacksBfloat16('flags\t\t: fpu avx avx512f avx512_bf16\n')).toBe(false)
  expect(lacksBfloat16('flags\t\t: fpu avx amx_bf16 amx_tile\n')).toBe(false)
  expect(lacksBfloat16('')).toBe(false)
})
