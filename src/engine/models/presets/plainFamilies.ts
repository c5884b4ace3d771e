/** Families from before batch normalisation. */
import type { LayerInput } from '../../../shared/domain/modelSpec.ts'

const conv = (filters: number, side: number, rest: Partial<LayerInput> = {}): LayerInput =>
  ({
    type: 'conv2d',
    filters,
    kernel: [side, side],
    padding: 'same',
    activation: 'relu',
    kernelInitializer: 'heUniform',
    ...rest,
  }) as LayerInput
const overlappingPool: LayerInput = { type: 'maxPool', pool: [3, 3], strides: [2, 2] }
const denseWithDropout = (units: number): LayerInput[] => [
  { type: 'dense', units, activation: 'relu', kernelInitializer: 'heUniform' },
  { type: 'dropout', rate: 0.5 },
]

/** Without its local response normalisation, which later work found of little use. */
export const alexNetLayers: readonly LayerInput[] = [
  conv(32, 11, { strides: [4, 4], padding: 'valid' }),
  overlappingPool,
  conv(64, 5),
  overlappingPool,
  conv(96, 3),
  conv(96, 3),
  conv(64, 3),
  overlappingPool,
  { type: 'flatten' },
  ...denseWithDropout(256),
  ...denseWithDropout(256),
]

const vggBlock = (filters: number, convolutions: number): LayerInput[] => [
  ...Array.from({ length: convolutions }, () => conv(filters, 3)),
  { type: 'maxPool' },
]
export const vggLayers: readonly LayerInput[] = [
  ...vggBlock(16, 2),
  ...vggBlock(32, 2),
  ...vggBlock(64, 3),
  ...vggBlock(64, 3),
  { type: 'flatten' },
  ...denseWithDropout(128),
]

/** [1×1, 3×3 after 1×1, 5×5 after 1×1, 1×1 after a pool], joined by channels. */
interface Widths {
  readonly one: number
  readonly three: readonly [number, number]
  readonly five: readonly [number, number]
  readonly pooled: number
}

function inceptionModule(name: string, from: string, { one, three, five, pooled }: Widths) {
  const of = (part: string) => `${name}-${part}`
  const layers: LayerInput[] = [
    conv(one, 1, { name: of('1x1'), inputs: [from] }),
    conv(three[0], 1, { name: of('3x3-narrow'), inputs: [from] }),
    conv(three[1], 3, { name: of('3x3') }),
    conv(five[0], 1, { name: of('5x5-narrow'), inputs: [from] }),
    conv(five[1], 5, { name: of('5x5') }),
    { type: 'maxPool', name: of('pool'), pool: [3, 3], strides: [1, 1], padding: 'same', inputs: [from] }, // prettier-ignore
    conv(pooled, 1, { name: of('pooled') }),
    { type: 'concatenate', name, inputs: [of('1x1'), of('3x3'), of('5x5'), of('pooled')] },
  ]
  return layers
}

export const inceptionLayers: readonly LayerInput[] = [
  conv(32, 5, { strides: [2, 2] }),
  { type: 'maxPool' },
  conv(32, 1),
  conv(64, 3),
  { type: 'maxPool', name: 'stem' },
  ...inceptionModule('module-1', 'stem', { one: 16, three: [24, 32], five: [4, 8], pooled: 8 }),
  ...inceptionModule('module-2', 'module-1', { one: 32, three: [32, 48], five: [8, 24], pooled: 16 }), // prettier-ignore
  { type: 'maxPool', name: 'between' },
  ...inceptionModule('module-3', 'between', { one: 48, three: [24, 52], five: [4, 12], pooled: 16 }), // prettier-ignore
  { type: 'globalAveragePool' },
  { type: 'dropout', rate: 0.4 },
]
