/** Our own gradient of a depthwise convolution by its kernel (`native/depthwise.cc`) against TensorFlow's. */
import { describe, expect, test } from 'vitest'
import type { LayerInput, ModelSpec } from '../../shared/domain/modelSpec.ts'
import { ownGradientOptions } from './layers/depthwise.ts'
import { areKernelsMissing, expectSameSteps } from './testing/ownKernels.ts'
import { drawnBatch, sigmoidHead, smallSpec } from './testing/smallNetwork.ts'

interface Shape {
  readonly filters: number
  readonly side: number
  readonly stride: number
  readonly padding: 'same' | 'valid'
}

/** Channels of chance, each filtered on its own. */
const specOf = ({ filters, side, stride, padding }: Shape, height = 11, width = 8): ModelSpec => {
  const layers: LayerInput[] = [
    { type: 'conv2d', filters, kernel: [1, 1], activation: 'relu' },
    { type: 'depthwiseConv2d', kernel: [side, side], strides: [stride, stride], padding },
    ...sigmoidHead,
  ]
  return smallSpec(layers, {
    input: { height, width, channels: 1 },
    optimiser: { kind: 'sgd', learningRate: 1 },
  })
}

describe.skipIf(areKernelsMissing)('the gradient by a kernel of each channel', () => {
  test.each([
    { filters: 16, side: 3, stride: 1, padding: 'same' },
    { filters: 32, side: 5, stride: 1, padding: 'same' },
    { filters: 48, side: 5, stride: 2, padding: 'same' },
    { filters: 16, side: 3, stride: 2, padding: 'same' },
    { filters: 16, side: 5, stride: 1, padding: 'valid' },
    { filters: 32, side: 3, stride: 2, padding: 'valid' },
    { filters: 16, side: 5, stride: 4, padding: 'same' },
  ] as const)(
    'is that of TensorFlow for $filters channels, $side × $side, stride $stride, «$padding»',
    (shape) => {
      expectSameSteps(specOf(shape), drawnBatch(specOf(shape), 5, 1))
    },
  )

  test('is that of TensorFlow where the image is smaller than the kernel, and of more films than pieces', () => {
    const spec = specOf({ filters: 16, side: 5, stride: 1, padding: 'same' }, 3, 2)
    expectSameSteps(spec, drawnBatch(spec, 37, 2))
  })
})

test('only square kernels of 3 or 5 on multiples of 16 channels are taken, one filter each and undilated', () => {
  const sliding = {
    window: [5, 5],
    strides: [1, 1],
    dilation: [1, 1],
    padding: 'same',
  } as const
  const options = (changes: object, kernel = [5, 5, 16, 1]) =>
    ownGradientOptions({ ...sliding, ...changes }, kernel, [11, 8, 16])
  expect(options({})).toBeDefined()
  expect(options({ strides: [2, 2] }, [3, 3, 240, 1])).toBeDefined()
  for (const kernel of [
    [7, 7, 16, 1],
    [5, 3, 16, 1],
    [5, 5, 12, 1],
    [5, 5, 16, 2],
  ])
    // prettier-ignore
    expect(options({}, kernel)).toBeUndefined()
  expect(options({ strides: [1, 2] })).toBeUndefined()
  expect(options({ dilation: [2, 2] })).toBeUndefined()
})
