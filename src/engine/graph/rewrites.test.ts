import { expect, test } from 'vitest'
import type { Activation, LayerInput } from '../../shared/domain/modelSpec.ts'
import { inferShapes } from '../models/shapes.ts'
import { primitivesOf } from './primitives.ts'
import { poolFirst } from './rewrites.ts'
import { sigmoidHead, smallSpec } from './testing/smallNetwork.ts'

const kinds = (...layers: LayerInput[]) =>
  poolFirst(primitivesOf(inferShapes(smallSpec([...layers, ...sigmoidHead]))))
    .map(({ step }) => step.kind)
    .slice(0, -4)

const conv = (activation: Activation) => ({ type: 'conv2d', filters: 2, activation }) as const

test('a max-pool goes before bias and activation', () => {
  expect(kinds(conv('relu'), { type: 'maxPool' })).toEqual(['convolve', 'maxPool', 'bias', 'activate']) // prettier-ignore
})

test('it goes before a separate activation, and stays behind batch normalisation', () => {
  expect(
    kinds(conv('linear'), { type: 'batchNormalization' }, { type: 'activation', activation: 'relu' }, { type: 'maxPool' }), // prettier-ignore
  ).toEqual(['convolve', 'bias', 'normalise', 'maxPool', 'activate'])
})

test('it stays behind an activation that falls somewhere', () => {
  expect(kinds(conv('swish'), { type: 'maxPool' })).toEqual(['convolve', 'bias', 'activate', 'maxPool']) // prettier-ignore
})

test('it stays behind a result that another layer takes too', () => {
  const steps = kinds(
    { ...conv('relu'), padding: 'same', name: 'a' },
    { type: 'maxPool', pool: [1, 1], name: 'b' },
    { type: 'add', inputs: ['a', 'b'] },
  )
  expect(steps.slice(0, 4)).toEqual(['convolve', 'bias', 'activate', 'maxPool'])
})
