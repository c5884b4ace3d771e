import { expect, test } from 'vitest'
import { ModelSpec, type LayerInput, type ModelSpecInput } from '../../shared/domain/modelSpec.ts'
import { summarise } from './summary.ts'

const small = (layers: LayerInput[], changes: Partial<ModelSpecInput> = {}): ModelSpec =>
  ModelSpec.parse({
    name: 'small',
    input: { height: 8, width: 10, channels: 1 },
    classes: 2,
    layers,
    loss: { kind: 'binaryCrossentropy' },
    optimiser: { kind: 'sgd' },
    ...changes,
  })

const head: LayerInput[] = [{ type: 'flatten' }, { type: 'dense', units: 1, activation: 'sigmoid' }]

test('batch normalisation counts its moving statistics in the total and not among the trainable', () => {
  const summary = summarise(small([{ type: 'batchNormalization' }, ...head]), 1)
  expect(summary.layers.map(({ params }) => params)).toEqual([4, 0, 81])
  expect(summary.totalParams).toBe(85)
  expect(summary.trainableParams).toBe(83)
})

test('layers without a name are numbered by type, around names that are taken', () => {
  const layers: LayerInput[] = [
    { type: 'conv2d', filters: 2 },
    { type: 'conv2d', filters: 2, name: 'conv2d_2' },
    { type: 'conv2d', filters: 2 },
    ...head,
  ]
  expect(summarise(small(layers), 1).layers.map(({ name }) => name)).toEqual([
    'conv2d_1',
    'conv2d_2',
    'conv2d_3',
    'flatten_1',
    'dense_1',
  ])
})

test('shapes follow strides, dilation and padding', () => {
  const shapeOf = (layer: LayerInput) =>
    summarise(small([layer, ...head]), 1).layers[0]?.outputShape
  expect(shapeOf({ type: 'conv2d', filters: 3, strides: [2, 3] })).toEqual([3, 3, 3])
  expect(shapeOf({ type: 'conv2d', filters: 3, strides: [2, 3], padding: 'same' })).toEqual([
    4, 4, 3,
  ])
  expect(shapeOf({ type: 'conv2d', filters: 3, dilation: [2, 3] })).toEqual([4, 4, 3])
  expect(shapeOf({ type: 'depthwiseConv2d', depthMultiplier: 4 })).toEqual([6, 8, 4])
  expect(shapeOf({ type: 'maxPool', pool: [3, 3], strides: [2, 2] })).toEqual([3, 4, 1])
  expect(shapeOf({ type: 'averagePool', pool: [3, 3], padding: 'same' })).toEqual([3, 4, 1])
  expect(shapeOf({ type: 'zeroPadding', padding: [[1, 2], [3, 4]] })).toEqual([11, 17, 1]) // prettier-ignore
  expect(shapeOf({ type: 'upSampling', size: [2, 3] })).toEqual([16, 30, 1])
})

test('branches are joined by the names of their layers', () => {
  const layers: LayerInput[] = [
    { type: 'conv2d', filters: 4, padding: 'same', name: 'a' },
    { type: 'conv2d', filters: 4, padding: 'same', name: 'b' },
    { type: 'add', inputs: ['a', 'b'], name: 'sum' },
    { type: 'concatenate', inputs: ['sum', 'input'] },
    ...head,
  ]
  expect(summarise(small(layers), 1).layers[3]?.outputShape).toEqual([8, 10, 5])
})

test('multiply-accumulates are counted by hand: 6×8 places × 3×3×1×2, then 96 → 1', () => {
  expect(summarise(small([{ type: 'conv2d', filters: 2 }, ...head]), 1).macs).toBe(864 + 96)
})

const refusals: [string, LayerInput[], Partial<ModelSpecInput>][] = [
  [
    'Layer conv2d_1 (conv2d) has a kernel of 9×9, larger than its input of 8×10',
    [{ type: 'conv2d', filters: 2, kernel: [9, 9] }, ...head],
    {},
  ],
  [
    'Layer maxPool_1 (maxPool) has a window of 2×11, larger than its input of 8×10',
    [{ type: 'maxPool', pool: [2, 11] }, ...head],
    {},
  ],
  ['Layer flatten_1 takes left as an input, and there is no layer of that name', [{ type: 'flatten', inputs: ['left'] }, head[1]!], {}], // prettier-ignore
  ['Layer flatten_1 takes dense_1 as an input, which does not come before it', [{ type: 'flatten', inputs: ['dense_1'] }, head[1]!], {}], // prettier-ignore
  [
    'Layer sum (add) gets unequal shapes 8×10×4 and 8×10×1',
    [
      { type: 'conv2d', filters: 4, padding: 'same', name: 'a' },
      { type: 'add', inputs: ['a', 'input'], name: 'sum' },
      ...head,
    ],
    {},
  ],
  [
    'Layer dense_1 (dense) needs units, but gets an image of 8×10×1; put flatten or globalAveragePool before it',
    [head[1]!],
    {},
  ],
  [
    'Layer dense_1 ends the network with 1 and sigmoid, but 3 classes need 3 units with softmax',
    head,
    { classes: 3 },
  ],
  [
    'Layer dense_1 ends in one sigmoid unit, which needs the loss binaryCrossentropy or focal',
    head,
    { loss: { kind: 'categoricalCrossentropy' } },
  ],
  [
    'Two layers are named a',
    [
      { type: 'flatten', name: 'a' },
      { ...head[1]!, name: 'a' },
    ],
    {},
  ],
  [
    'Layer a feeds no other layer; name it in the inputs of a later one, or remove it',
    [{ type: 'conv2d', filters: 1, name: 'a' }, { type: 'flatten', inputs: ['input'] }, head[1]!],
    {},
  ],
]

test.each(refusals)('%s', (message, layers, changes) => {
  expect(() => summarise(small(layers, changes), 1)).toThrow(
    expect.objectContaining({ code: 'BAD_INPUT', message }),
  )
})
