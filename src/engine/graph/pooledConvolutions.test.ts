/** Our own operations (`native/`) against TensorFlow's: the same losses and gradients, whatever the shapes. */
import { describe, expect, test } from 'vitest'
import type { LayerInput } from '../../shared/domain/modelSpec.ts'
import { inferShapes } from '../models/shapes.ts'
import { poolConvolutions } from './pooledConvolutions.ts'
import { primitivesOf } from './primitives.ts'
import { areKernelsMissing, expectSameSteps } from './testing/ownKernels.ts'
import { drawnBatch, sigmoidHead, smallSpec } from './testing/smallNetwork.ts'

const convolution = (filters: number, changes: Partial<LayerInput> = {}): LayerInput =>
  ({ type: 'conv2d', filters, activation: 'relu', ...changes }) as LayerInput
const pool: LayerInput = { type: 'maxPool' }

const kindsOf = (layers: LayerInput[], isGrey = false) => {
  const steps = primitivesOf(inferShapes(smallSpec([...layers, ...sigmoidHead], large)))
  return poolConvolutions(steps, isGrey).map(({ step }) => step.kind)
}
const large = { input: { height: 23, width: 18, channels: 1 as const } }

describe('one step takes in', () => {
  test('a convolution with bias, relu and a halving pool', () => {
    expect(kindsOf([convolution(16), pool])[0]).toBe('pooledConvolve')
    expect(kindsOf([convolution(16, { activation: 'linear' }), pool])[0]).toBe('pooledConvolve')
    const apart: LayerInput[] = [
      convolution(16, { activation: 'linear' }),
      { type: 'activation', activation: 'relu' },
      pool,
    ]
    expect(kindsOf(apart)[0]).toBe('pooledConvolve')
  })

  test('every convolution of a chain', () => {
    const two = [convolution(16), pool, convolution(32), pool]
    expect(kindsOf(two)).toEqual(expect.arrayContaining(['pooledConvolve', 'flatten']))
    expect(kindsOf(two).filter((kind) => kind === 'pooledConvolve')).toHaveLength(2)
  })

  test('no other window, stride, dilation, width, activation or second consumer', () => {
    for (const layer of [
      convolution(16, { kernel: [5, 5] }),
      convolution(16, { strides: [2, 2] }),
      convolution(16, { dilation: [2, 2] }),
      convolution(12),
      convolution(16, { activation: 'elu' }),
      convolution(16, { useBias: false }),
    ])
      expect(kindsOf([layer, pool])).not.toContain('pooledConvolve')
    expect(kindsOf([convolution(16), { type: 'maxPool', pool: [3, 3] }])).not.toContain(
      'pooledConvolve',
    )
    const branched: LayerInput[] = [
      convolution(16, { name: 'shared' }),
      pool,
      { type: 'flatten', name: 'one' },
      { type: 'flatten', name: 'other', inputs: ['shared'] },
      { type: 'concatenate', inputs: ['one', 'other'] },
      { type: 'dense', units: 1, activation: 'sigmoid' },
    ]
    expect(kindsOf(branched)).not.toContain('pooledConvolve')
  })
})

const descent = { optimiser: { kind: 'sgd', learningRate: 1 } as const }
const sized = (height: number, width: number, channels: 1 | 3) => ({
  ...descent,
  input: { height, width, channels },
})

describe.skipIf(areKernelsMissing)(
  'the same as by TensorFlow, with the newest and the older instructions',
  () => {
    const two = (padding: 'valid' | 'same', filters: number, next: number): LayerInput[] => [
      convolution(filters, { padding }),
      pool,
      convolution(next, { padding }),
      pool,
      ...sigmoidHead,
    ]

    test.each([
      {
        title: 'a grey network',
        spec: smallSpec(two('valid', 16, 32), sized(22, 18, 1)),
        stored: 1,
      },
      { title: 'odd sides', spec: smallSpec(two('valid', 32, 16), sized(23, 17, 1)), stored: 1 },
      { title: 'a margin', spec: smallSpec(two('same', 32, 48), sized(22, 19, 1)), stored: 1 },
      { title: 'wide layers', spec: smallSpec(two('valid', 64, 16), sized(30, 46, 1)), stored: 1 },
      { title: 'many tiles', spec: smallSpec(two('valid', 16, 64), sized(70, 66, 1)), stored: 1 },
      { title: 'grey as three', spec: smallSpec(two('same', 48, 16), sized(20, 22, 3)), stored: 1 },
      { title: 'colour', spec: smallSpec(two('valid', 16, 16), sized(20, 22, 3)), stored: 3 },
    ] as const)('$title', ({ spec, stored }) => {
      expectSameSteps(spec, drawnBatch(spec, 5, 1, stored))
    })

    test('without relu, frozen first, and more films than pieces', () => {
      const linear = { activation: 'linear' as const }
      const layers = [
        convolution(16, { ...linear, frozen: true }),
        pool,
        convolution(16, linear),
        pool,
        ...sigmoidHead,
      ]
      const spec = smallSpec(layers, sized(14, 14, 1))
      expectSameSteps(spec, drawnBatch(spec, 37, 2))
    })

    test('where all of a window is equal', () => {
      const spec = smallSpec(two('valid', 16, 16), sized(18, 18, 1))
      const batch = drawnBatch(spec, 3, 3)
      expectSameSteps(spec, {
        ...batch,
        films: { ...batch.films, pixels: batch.films.pixels.fill(90) },
      })
    })
  },
)
