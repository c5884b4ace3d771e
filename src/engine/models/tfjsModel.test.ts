import { afterEach, expect, test } from 'vitest'
import { ModelSpec, type LayerInput } from '../../shared/domain/modelSpec.ts'
import { createGraphNetwork } from '../graph/graphNetwork.ts'
import { drawnBytes, drawnWeights } from '../graph/testing/draws.ts'
import { tensorflow } from '../tensorflow.ts'
import { inferShapes } from './shapes.ts'
import { setTfjsWeights, tfjsWeights, toTfjsModel } from './tfjsModel.ts'

const specOf = (...layers: LayerInput[]): ModelSpec =>
  ModelSpec.parse({
    name: 'exchange',
    input: { height: 9, width: 8, channels: 3 },
    classes: 3,
    layers: [
      ...layers,
      { type: 'globalAveragePool' },
      { type: 'dense', units: 3, activation: 'softmax' },
    ],
    loss: { kind: 'categoricalCrossentropy' },
    optimiser: { kind: 'sgd' },
  })

const conv: LayerInput = { type: 'conv2d', filters: 4, padding: 'same', activation: 'relu' }
const networks: [string, ModelSpec][] = [
  [
    'all kinds of layers',
    specOf(
      { type: 'rescaling', scale: 2, offset: -1 },
      { type: 'zeroPadding', padding: [[1, 0], [0, 1]] }, // prettier-ignore
      { ...conv, strides: [2, 1], l2: 0.1 },
      { type: 'batchNormalization' },
      { ...conv, dilation: [2, 2], kernelInitializer: 'heNormal' },
      { type: 'depthwiseConv2d', depthMultiplier: 2, activation: 'swish', l2: 0.1 },
      { type: 'separableConv2d', filters: 5, padding: 'same', activation: 'gelu' },
      { type: 'upSampling' },
      { type: 'maxPool' },
      { type: 'averagePool', padding: 'same' },
      { type: 'dropout', rate: 0.5 },
      { type: 'activation', activation: 'elu' },
    ),
  ],
  [
    'branches and activations that need a layer of their own',
    specOf(
      { ...conv, activation: 'leakyRelu', name: 'a' },
      { ...conv, activation: 'relu6', name: 'b' },
      { type: 'add', inputs: ['a', 'b'], name: 'c' },
      { type: 'concatenate', inputs: ['c', 'input'] },
      { type: 'activation', activation: 'leakyRelu' },
      { ...conv, activation: 'sigmoid', frozen: true, useBias: false },
    ),
  ],
]

const before = () => tensorflow().memory().numTensors
let tensors = before()
afterEach(() => {
  expect(before()).toBe(tensors)
  tensors = before()
})

test.each(networks)('%s: the tfjs-layers model scores films as our graph does', (_, spec) => {
  const tf = tensorflow()
  const network = createGraphNetwork({ spec, scale: 'unit', seed: 3, memoryBudgetBytes: 1e9 })
  const model = toTfjsModel(spec)
  const weights = drawnWeights(inferShapes(spec).layers.flatMap((layer) => layer.weights))
  network.writeWeights(weights)
  setTfjsWeights(spec, model, weights)
  const pixels = drawnBytes(2 * 9 * 8 * 3)
  const expected = tf.tidy(() => {
    const films = tf.div(tf.tensor4d(Float32Array.from(pixels), [2, 9, 8, 3]), 255)
    const scores = model.predict(films)
    if (Array.isArray(scores)) throw new TypeError('The model has one output')
    return scores.dataSync()
  })
  const found = network.predict({ count: 2, channels: 3, pixels })
  found.forEach((value, at) => {
    expect(value).toBeCloseTo(expected[at]!, 5)
  })
  expect(model.countParams()).toBe(weights.reduce((sum, { values }) => sum + values.length, 0))
  network.dispose()
  model.dispose()
})

test('weights go to tfjs-layers and come back under their names', () => {
  const spec = networks[0]![1]
  const model = toTfjsModel(spec)
  const weights = drawnWeights(inferShapes(spec).layers.flatMap((layer) => layer.weights))
  setTfjsWeights(spec, model, weights)
  expect(tfjsWeights(spec, model)).toEqual(weights)
  model.dispose()
})

test('weights that are missing are named', () => {
  const spec = networks[0]![1]
  const model = toTfjsModel(spec)
  expect(() => {
    setTfjsWeights(spec, model, [])
  }).toThrow('There are no weights of shape 3×3×3×4 for conv2d_1/kernel')
  model.dispose()
})

test('a layer that tfjs-layers has no equal of is named', () => {
  expect(() => toTfjsModel(specOf({ type: 'spatialDropout', rate: 0.5 }))).toThrow(
    'Layer spatialDropout_1: tfjs-layers has no equal of spatialDropout',
  )
})
