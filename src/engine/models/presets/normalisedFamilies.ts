/** Families with batch normalisation behind every convolution, which therefore needs no bias. */
import type { LayerInput } from '../../../shared/domain/modelSpec.ts'

const normalisation: LayerInput = { type: 'batchNormalization' }
const relu: LayerInput = { type: 'activation', activation: 'relu' }

interface Conv {
  readonly side?: number
  readonly stride?: number
  readonly inputs?: string[]
}

const conv = (filters: number, { side = 3, stride = 1, inputs }: Conv = {}): LayerInput => ({
  type: 'conv2d',
  filters,
  kernel: [side, side],
  strides: [stride, stride],
  padding: 'same',
  useBias: false,
  kernelInitializer: 'heNormal',
  ...(inputs && { inputs }),
})

/** Two convolutions and a shortcut: through a 1×1 convolution where the shape changes. */
function basicBlock(name: string, from: string, filters: number, stride: number): LayerInput[] {
  const changes = stride > 1
  return [
    conv(filters, { stride, inputs: [from] }),
    normalisation,
    relu,
    conv(filters),
    { ...normalisation, name: `${name}-body` },
    ...(changes
      ? [
          conv(filters, { side: 1, stride, inputs: [from] }),
          { ...normalisation, name: `${name}-shortcut` },
        ]
      : []),
    { type: 'add', inputs: [`${name}-body`, changes ? `${name}-shortcut` : from] },
    { ...relu, name },
  ]
}

export const resNetLayers: readonly LayerInput[] = [
  conv(16, { side: 7, stride: 2 }),
  normalisation,
  relu,
  { type: 'maxPool', pool: [3, 3], strides: [2, 2], padding: 'same', name: 'stem' },
  ...basicBlock('block-1', 'stem', 16, 1),
  ...basicBlock('block-2', 'block-1', 16, 1),
  ...basicBlock('block-3', 'block-2', 32, 2),
  ...basicBlock('block-4', 'block-3', 32, 1),
  ...basicBlock('block-5', 'block-4', 64, 2),
  ...basicBlock('block-6', 'block-5', 64, 1),
  { type: 'globalAveragePool' },
]

const separable = (filters: number, normalisedAs?: string): LayerInput[] => [
  { type: 'separableConv2d', filters, padding: 'same', useBias: false },
  { ...normalisation, ...(normalisedAs !== undefined && { name: normalisedAs }) },
]

/** Two separable convolutions, a pool, and a 1×1 shortcut of stride 2. */
const entryBlock = (name: string, from: string, filters: number): LayerInput[] => [
  { ...relu, inputs: [from] },
  ...separable(filters),
  relu,
  ...separable(filters),
  { type: 'maxPool', pool: [3, 3], strides: [2, 2], padding: 'same', name: `${name}-body` },
  conv(filters, { side: 1, stride: 2, inputs: [from] }),
  { ...normalisation, name: `${name}-shortcut` },
  { type: 'add', name, inputs: [`${name}-body`, `${name}-shortcut`] },
]

const middleBlock = (name: string, from: string, filters: number): LayerInput[] => [
  { ...relu, inputs: [from] },
  ...separable(filters),
  relu,
  ...separable(filters, `${name}-body`),
  { type: 'add', name, inputs: [`${name}-body`, from] },
]

export const xceptionLayers: readonly LayerInput[] = [
  conv(16, { stride: 2 }),
  normalisation,
  relu,
  conv(32),
  { ...normalisation, name: 'stem' },
  ...entryBlock('entry-1', 'stem', 64),
  ...entryBlock('entry-2', 'entry-1', 96),
  ...entryBlock('entry-3', 'entry-2', 128),
  ...middleBlock('middle', 'entry-3', 128),
  relu,
  ...separable(192),
  relu,
  { type: 'globalAveragePool' },
]

/** Each channel on its own, then all channels at each place. */
const depthwiseBlock = (filters: number, stride = 1): LayerInput[] => [
  {
    type: 'depthwiseConv2d',
    strides: [stride, stride],
    padding: 'same',
    useBias: false,
    kernelInitializer: 'heNormal',
  },
  normalisation,
  { type: 'activation', activation: 'relu6' },
  conv(filters, { side: 1 }),
  normalisation,
  { type: 'activation', activation: 'relu6' },
]

export const mobileNetLayers: readonly LayerInput[] = [
  conv(16, { stride: 2 }),
  normalisation,
  { type: 'activation', activation: 'relu6' },
  ...depthwiseBlock(32),
  ...depthwiseBlock(64, 2),
  ...depthwiseBlock(64),
  ...depthwiseBlock(128, 2),
  ...depthwiseBlock(128),
  ...depthwiseBlock(256, 2),
  { type: 'globalAveragePool' },
  { type: 'dropout', rate: 0.2 },
]
