import { expect, test } from 'vitest'
import { meanWeights } from './average.ts'

const array = (name: string, ...values: number[]) => ({
  name,
  shape: [values.length],
  values: Float32Array.from(values),
})

test('the mean of models is that of each weight, whatever their order', () => {
  const models = [
    [array('kernel', 1, 2), array('bias', 0)],
    [array('bias', 3), array('kernel', 3, -2)],
    [array('kernel', 5, 0.75), array('bias', 6)],
  ]
  expect(meanWeights(models)).toEqual([array('kernel', 3, 0.25), array('bias', 3)])
})

test('models of different shapes have no mean', () => {
  expect(() => meanWeights([[array('kernel', 1, 2)], [array('kernel', 1)]])).toThrow('kernel')
  expect(() => meanWeights([[array('kernel', 1)], [array('bias', 1)]])).toThrow('kernel')
})
