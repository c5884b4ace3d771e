import { expect, test } from 'vitest'
import type { LayerInput } from '../../shared/domain/modelSpec.ts'
import { primitivesOf } from '../graph/primitives.ts'
import { sigmoidHead, smallSpec } from '../graph/testing/smallNetwork.ts'
import { inferShapes } from '../models/shapes.ts'
import { fuseSteps } from './fuseSteps.ts'

const fuse = (...layers: LayerInput[]) =>
  fuseSteps(primitivesOf(inferShapes(smallSpec([...layers, ...sigmoidHead]))))
    .slice(0, -3)
    .map(({ name, step, bias, clamp }) => [name, step.kind, bias?.name, clamp])

test('bias and clamp go into the product before them, which bears the name of the last', () => {
  expect(fuse({ type: 'conv2d', filters: 2, activation: 'relu', name: 'a' })).toEqual([
    ['a', 'convolve', 'a/bias', 'relu'],
  ])
  expect(fuse({ type: 'depthwiseConv2d', useBias: false, activation: 'relu6', name: 'a' })).toEqual(
    [['a', 'depthwise', undefined, 'relu6']],
  )
})

test('an activation that is no clamp, and what stands after one, are steps of their own', () => {
  expect(
    fuse({ type: 'depthwiseConv2d', activation: 'swish', name: 'a' }, { type: 'maxPool' }),
  ).toEqual([
    ['a/1', 'depthwise', 'a/bias', undefined],
    ['a', 'activate', undefined, undefined],
    ['maxPool_1', 'maxPool', undefined, undefined],
  ])
})

test('a result that others take as well stays as it is', () => {
  expect(
    fuse(
      { type: 'conv2d', filters: 2, name: 'a' },
      { type: 'activation', activation: 'relu', name: 'b' },
      { type: 'add', inputs: ['a', 'b'], name: 'c' },
    ),
  ).toEqual([
    ['a', 'convolve', 'a/bias', undefined],
    ['b', 'activate', undefined, undefined],
    ['c', 'add', undefined, undefined],
  ])
})
