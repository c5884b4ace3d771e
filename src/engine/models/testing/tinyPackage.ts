/** A package of five weights for films of two by two. */
import { ModelSpec } from '../../../shared/domain/modelSpec.ts'
import { TrainingSettings } from '../../../shared/domain/training.ts'
import type { PackageCard } from '../package.ts'

const settings = TrainingSettings.parse({})
const spec = ModelSpec.parse({
  name: 'tiny',
  input: { height: 2, width: 2, channels: 1 },
  classes: 2,
  layers: [
    { type: 'flatten', name: 'flat' },
    { type: 'dense', name: 'end', units: 1, activation: 'sigmoid' },
  ],
  loss: { kind: 'binaryCrossentropy' },
  optimiser: { kind: 'sgd' },
})

export const tinyCard: PackageCard = {
  name: 'tiny',
  createdAt: '2024-01-01T00:00:00.000Z',
  spec,
  preprocessing: settings.preprocessing,
  classes: ['NORMAL', 'PNEUMONIA'],
  threshold: 0.5,
  card: {
    trainedOn: 'nothing',
    films: { train: 0, validation: 0, test: 0 },
    settings,
    bestEpoch: 1,
    epochs: [],
    validation: null,
    test: null,
    synthetic: true,
    software: {},
  },
}

export const tinyWeights = [
  { name: 'end/kernel', shape: [4, 1], values: Float32Array.of(0.5, -1, 2, 0.25) },
  { name: 'end/bias', shape: [1], values: Float32Array.of(-0.5) },
]

/** Two films, with scores that nobody computed. */
export const tinyGolden = {
  golden: { films: 2, seed: 1, scores: [[0.25], [0.5]], backend: 'none' },
  pixels: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7),
}
