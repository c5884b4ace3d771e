import { expect, test } from 'vitest'
import type { Activation, LayerInput } from '../../shared/domain/modelSpec.ts'
import { inferShapes } from '../models/shapes.ts'
import { primitivesOf } from './primitives.ts'
import { backwardAtPool } from './rewrites.ts'
import { drawnBatch, openNetwork, sigmoidHead, smallSpec } from './testing/smallNetwork.ts'

/** Kinds of the steps; those whose way back the pool takes over stand in brackets. */
const kinds = (...layers: LayerInput[]) =>
  backwardAtPool(primitivesOf(inferShapes(smallSpec([...layers, ...sigmoidHead]))))
    .map(({ step }) => ('backwardAtPool' in step ? `(${step.kind})` : step.kind))
    .slice(0, -4)

const conv = (activation: Activation) => ({ type: 'conv2d', filters: 2, activation }) as const

test('the way back through bias and activation is taken at the pool', () => {
  expect(kinds(conv('relu'), { type: 'maxPool' })).toEqual(['convolve', '(bias)', '(activate)', 'maxPool']) // prettier-ignore
  expect(kinds(conv('linear'), { type: 'maxPool' })).toEqual(['convolve', '(bias)', 'maxPool'])
})

test('so it is through a separate activation, but not through batch normalisation', () => {
  expect(
    kinds(conv('linear'), { type: 'batchNormalization' }, { type: 'activation', activation: 'relu' }, { type: 'maxPool' }), // prettier-ignore
  ).toEqual(['convolve', 'bias', 'normalise', '(activate)', 'maxPool'])
})

test('not through an activation that falls somewhere', () => {
  expect(kinds(conv('swish'), { type: 'maxPool' })).toEqual(['convolve', 'bias', 'activate', 'maxPool']) // prettier-ignore
})

test('not where another layer takes the result too', () => {
  const steps = kinds(
    { ...conv('relu'), padding: 'same', name: 'a' },
    { type: 'maxPool', pool: [1, 1], name: 'b' },
    { type: 'add', inputs: ['a', 'b'] },
  )
  expect(steps.slice(0, 4)).toEqual(['convolve', 'bias', 'activate', 'maxPool'])
})

test.each(['relu', 'relu6', 'leakyRelu', 'elu', 'sigmoid', 'linear'] as const)(
  'a step with %s gives the weights that it gives with the pool kept apart',
  (activation) => {
    const pooled = smallSpec([conv(activation), { type: 'maxPool' }, ...sigmoidHead])
    // Padding by nothing keeps the pool from taking anything over, and changes no number.
    const apart = smallSpec([conv(activation), { type: 'zeroPadding', padding: [[0, 0], [0, 0]] }, { type: 'maxPool' }, ...sigmoidHead]) // prettier-ignore
    const [first, second] = [pooled, apart].map((spec) => {
      const network = openNetwork(spec)
      network.trainStep(drawnBatch(spec, 4, 1), 0.01)
      const weights = network.readWeights('current').flatMap(({ values }) => [...values])
      network.dispose()
      return weights
    })
    first!.forEach((value, at) => expect(value).toBeCloseTo(second![at]!, 5))
  },
)
