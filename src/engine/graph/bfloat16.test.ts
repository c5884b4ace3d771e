import { afterEach, describe, expect, test } from 'vitest'
import type { LayerInput, ModelSpecInput } from '../../shared/domain/modelSpec.ts'
import type { Network, NetworkOptions } from './network.ts'
import { held } from './session.ts'
import { drawnBatch, openNetwork, sigmoidHead, smallSpec } from './testing/smallNetwork.ts'

const conv: LayerInput = { type: 'conv2d', filters: 4, activation: 'relu' }

let network: Network | undefined
afterEach(() => {
  network?.dispose()
  network = undefined
})

const open = (
  layers: LayerInput[],
  changes: Partial<ModelSpecInput> = {},
  options: Partial<NetworkOptions> = {},
) => (network = openNetwork(smallSpec(layers, changes), { inferenceOnly: true, ...options }))

const worst = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0)

describe('in bfloat16 the scores differ by less than a hundredth:', () => {
  const cases: Record<string, LayerInput[]> = {
    'convolution, pool and dense': [conv, { type: 'maxPool' }, ...sigmoidHead],
    'depthwise and separable convolutions': [
      { type: 'depthwiseConv2d', activation: 'relu6' },
      { type: 'separableConv2d', filters: 4, activation: 'swish' },
      ...sigmoidHead,
    ],
    'folded and free normalisation': [
      { ...conv, activation: 'linear' },
      { type: 'batchNormalization' },
      { type: 'activation', activation: 'leakyRelu' },
      { type: 'batchNormalization' },
      ...sigmoidHead,
    ],
    'branches, padding and means': [
      { type: 'zeroPadding', padding: [[1, 1], [1, 1]], name: 'a' }, // prettier-ignore
      { ...conv, padding: 'same', activation: 'gelu', inputs: ['a'], name: 'b' },
      { ...conv, padding: 'same', activation: 'elu', inputs: ['a'], name: 'c' },
      { type: 'add', inputs: ['b', 'c'], name: 'd' },
      { type: 'concatenate', inputs: ['b', 'd'] },
      { type: 'averagePool' },
      { type: 'globalAveragePool' },
      { type: 'dense', units: 1, activation: 'sigmoid' },
    ],
  }
  test.each(Object.entries(cases))('%s', (_, layers) => {
    const opened = open(layers)
    const { films } = drawnBatch(opened.spec, 5, 1)
    const rounded = opened.predictInBfloat16!(films)
    expect(worst(opened.predict(films), rounded)).toBeLessThan(0.01)
    expect(rounded.length).toBe(5)
  })

  test('several classes, grey and colour films', () => {
    const changes: Partial<ModelSpecInput> = {
      input: { height: 8, width: 8, channels: 3 },
      classes: 3,
      loss: { kind: 'categoricalCrossentropy' },
    }
    const opened = open(
      [conv, { type: 'flatten' }, { type: 'dense', units: 3, activation: 'softmax' }],
      changes,
    )
    for (const channels of [1, 3] as const) {
      const { films } = drawnBatch(opened.spec, 3, 1, channels)
      expect(worst(opened.predict(films), opened.predictInBfloat16!(films))).toBeLessThan(0.01)
    }
  })
})

test('new weights are rounded anew, and nothing outlives the network', () => {
  const before = held()
  const opened = open([conv, ...sigmoidHead])
  const { films } = drawnBatch(opened.spec, 2, 1)
  opened.predictInBfloat16!(films)
  const zeros = opened
    .readWeights('current')
    .map((array) => ({ ...array, values: new Float32Array(array.values.length) }))
  opened.writeWeights(zeros)
  expect([...opened.predictInBfloat16!(films)]).toEqual([0.5, 0.5])
  opened.dispose()
  expect(held()).toEqual(before)
})

test('networks that resize, dilate or train have no bfloat16', () => {
  expect(open([{ type: 'upSampling' }, conv, ...sigmoidHead]).predictInBfloat16).toBeUndefined()
  network?.dispose()
  const dilated: LayerInput = { ...conv, dilation: [2, 2] }
  expect(open([dilated, ...sigmoidHead]).predictInBfloat16).toBeUndefined()
  network?.dispose()
  expect(open([conv, ...sigmoidHead], {}, { inferenceOnly: false }).predictInBfloat16).toBeUndefined() // prettier-ignore
})
