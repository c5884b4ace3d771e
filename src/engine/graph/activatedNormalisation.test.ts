/** Our own batch normalisation (`native/normalisation.cc`) against TensorFlow's. */
import { describe, expect, test } from 'vitest'
import type { LayerInput, ModelSpecInput } from '../../shared/domain/modelSpec.ts'
import { inferShapes } from '../models/shapes.ts'
import { joinNormalisation } from './activatedNormalisation.ts'
import { backwardAtPool } from './rewrites.ts'
import { primitivesOf } from './primitives.ts'
import { areKernelsMissing, expectSameSteps } from './testing/ownKernels.ts'
import { drawnBatch, sigmoidHead, smallSpec } from './testing/smallNetwork.ts'

const normal = { type: 'batchNormalization' } as const
const activation = (activation: 'relu' | 'relu6' | 'swish') =>
  ({ type: 'activation', activation }) as const
const convolution = (filters: number, name?: string): LayerInput => ({
  ...{ type: 'conv2d', filters, padding: 'same', useBias: false },
  ...(name !== undefined && { name }),
})

const kindsOf = (...layers: LayerInput[]) =>
  joinNormalisation(backwardAtPool(primitivesOf(inferShapes(smallSpec([...layers, ...sigmoidHead])))))
    .map(({ step }) => (step.kind === 'activatedNormalise' ? `${step.kind}: ${step.activation}` : step.kind))
    .slice(0, -4) // prettier-ignore

describe('one step takes in', () => {
  test('a normalisation of an image, with relu or relu6 behind it', () => {
    expect(kindsOf(convolution(16), normal, activation('relu'))).toEqual(['convolve', 'activatedNormalise: relu']) // prettier-ignore
    expect(kindsOf(convolution(32), normal, activation('relu6'))).toEqual(['convolve', 'activatedNormalise: relu6']) // prettier-ignore
    expect(kindsOf(convolution(16), normal)).toEqual(['convolve', 'activatedNormalise: linear'])
  })

  test('no activation of another form, before a pool, or beside another consumer', () => {
    expect(kindsOf(convolution(16), normal, activation('swish'))).toEqual(['convolve', 'activatedNormalise: linear', 'activate']) // prettier-ignore
    expect(kindsOf(convolution(16), normal, activation('relu'), { type: 'maxPool' })).toEqual(['convolve', 'activatedNormalise: linear', 'activate', 'maxPool']) // prettier-ignore
    const branched = kindsOf(
      convolution(16),
      { ...normal, name: 'normal' },
      { ...activation('relu'), name: 'relu' },
      { type: 'add', inputs: ['normal', 'relu'] },
    )
    expect(branched.slice(0, 3)).toEqual(['convolve', 'activatedNormalise: linear', 'activate'])
  })

  test('no frozen one, none of units, and none of a count of channels that is no multiple of 16', () => {
    expect(kindsOf(convolution(16), { ...normal, frozen: true })).toEqual(['convolve', 'normalise'])
    expect(kindsOf(convolution(12), normal)).toEqual(['convolve', 'normalise'])
    expect(kindsOf({ type: 'flatten' }, { type: 'dense', units: 16 }, normal)).toContain('normalise') // prettier-ignore
  })
})

describe.skipIf(areKernelsMissing)(
  'the same as by TensorFlow, with the newest and the older instructions',
  () => {
    const plain: Partial<ModelSpecInput> = {
      input: { height: 9, width: 7, channels: 1 },
      optimiser: { kind: 'sgd', learningRate: 1 },
    }

    test.each(['relu', 'relu6', 'linear'] as const)('%s behind it', (behind) => {
      const spec = smallSpec(
        [
          convolution(32),
          normal,
          ...(behind === 'linear' ? [] : [activation(behind)]),
          convolution(16),
          normal,
          ...(behind === 'linear' ? [] : [activation(behind)]),
          ...sigmoidHead,
        ],
        plain,
      )
      const batch = drawnBatch(spec, 6, 1)
      expectSameSteps(spec, batch)
      // One bright pixel of many lies so far from the mean that relu6 clips it.
      const pixels = batch.films.pixels.map((_, at) => (at % 97 === 5 ? 255 : 9))
      expectSameSteps(spec, { ...batch, films: { ...batch.films, pixels } })
    })

    test('more pixels than are added up at once, in one film and in several', () => {
      // Few films: of many values one is 0 but for rounding, and its whole gradient hangs on that.
      const spec = smallSpec([convolution(16), normal, activation('relu'), ...sigmoidHead], {
        ...plain,
        input: { height: 40, width: 35, channels: 1 },
      })
      expectSameSteps(spec, drawnBatch(spec, 1, 2))
      expectSameSteps(spec, drawnBatch(spec, 3, 3))
    })
  },
)
