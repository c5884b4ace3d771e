/** A plain network of 0.76 million weights that begins from nothing: how far one comes without weights of ImageNet. */
import { ModelSpec, type LayerInput, type Optimiser } from '../src/shared/domain/modelSpec.ts'

export interface SmallVariant {
  /** Side of the square input, pixels. */
  readonly side: number
  readonly dropout: number
  readonly labelSmoothing: number
  /** Of batch normalisation. */
  readonly momentum: number
  readonly optimiser: Optimiser
}

/** Filters and stride of each 3 × 3 convolution. */
const convolutions = [
  [32, 2],
  [64, 2],
  [128, 2],
  [192, 2],
  [256, 1],
] as const

export const smallNetwork = (
  name: string,
  { side, momentum, dropout, labelSmoothing, optimiser }: SmallVariant,
): ModelSpec =>
  ModelSpec.parse({
    name,
    input: { height: side, width: side, channels: 1 },
    classes: 2,
    layers: [
      ...convolutions.flatMap(([filters, stride], index): LayerInput[] => [
        {
          type: 'conv2d',
          name: `conv${index}`,
          filters,
          kernel: [3, 3],
          strides: [stride, stride],
          padding: 'same',
          useBias: false,
        },
        { type: 'batchNormalization', name: `conv${index}.norm`, momentum },
        { type: 'activation', name: `conv${index}.relu`, activation: 'relu' },
      ]),
      { type: 'globalAveragePool', name: 'pool' },
      { type: 'dropout', name: 'dropout', rate: dropout },
      { type: 'dense', name: 'score', units: 1, activation: 'sigmoid' },
    ],
    loss: { kind: 'binaryCrossentropy', labelSmoothing },
    optimiser,
  })
