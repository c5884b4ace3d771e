import { expect, test } from 'vitest'
import type { LayerInput } from '../../shared/domain/modelSpec.ts'
import { inferShapes } from '../models/shapes.ts'
import { foldNormalisation } from './foldNormalisation.ts'
import { primitivesOf } from './primitives.ts'
import { sigmoidHead, smallSpec } from './testing/smallNetwork.ts'

const fold = (...layers: LayerInput[]) => {
  const steps = primitivesOf(inferShapes(smallSpec([...layers, ...sigmoidHead])))
  const folded = foldNormalisation(steps)
  return {
    kinds: folded.steps.map(({ step }) => step.kind).slice(0, -4),
    folds: Object.fromEntries([...folded.folds].map(([name, { becomes }]) => [name, becomes])),
  }
}
const norm: LayerInput = { type: 'batchNormalization' }

test('normalisation after a convolution goes into its kernel and bias', () => {
  expect(fold({ type: 'conv2d', filters: 2 }, norm)).toEqual({
    kinds: ['convolve', 'bias'],
    folds: { 'conv2d_1/kernel': 'kernel', 'conv2d_1/bias': 'bias' },
  })
})

test('a convolution without a bias gets one', () => {
  expect(fold({ type: 'depthwiseConv2d', useBias: false }, norm)).toEqual({
    kinds: ['depthwise', 'bias'],
    folds: { 'depthwiseConv2d_1/kernel': 'kernel', 'batchNormalization_1/beta': 'offset' },
  })
})

test('normalisation after an activation, or of a result that others take, stays', () => {
  const after = fold({ type: 'conv2d', filters: 2, activation: 'relu' }, norm)
  expect(after).toEqual({ kinds: ['convolve', 'bias', 'activate', 'normalise'], folds: {} })
  const shared = fold(
    { type: 'conv2d', filters: 2, name: 'a' },
    { ...norm, name: 'b' },
    { type: 'add', inputs: ['a', 'b'] },
  )
  expect(shared.folds).toEqual({})
})

test('while others learn, only a frozen layer with a frozen normalisation is folded', () => {
  const kinds = (conv: boolean, after: boolean) =>
    foldNormalisation(
      primitivesOf(
        inferShapes(
          smallSpec([
            { type: 'conv2d', filters: 2, frozen: conv },
            { ...norm, frozen: after },
            ...sigmoidHead,
          ]),
        ),
      ),
      'frozen',
    ).steps.map(({ step }) => step.kind)
  expect(kinds(true, true)).not.toContain('normalise')
  expect(kinds(true, false)).toContain('normalise')
  expect(kinds(false, true)).toContain('normalise')
})
