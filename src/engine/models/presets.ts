/** Published networks with the settings they were trained with. */
import type { ModelSpecInput } from '../../shared/domain/modelSpec.ts'
import type { TrainingSettingsInput } from '../../shared/domain/training.ts'
import { Recipe } from '../../shared/domain/recipe.ts'
import { AppError } from '../../shared/errors.ts'

interface Preset {
  readonly name: string
  readonly title: string
  readonly source: string
  readonly description: string
  readonly spec: ModelSpecInput
  readonly settings: TrainingSettingsInput
  readonly published: string
}

/**
 * `shear_range=0.2` of Keras' ImageDataGenerator is an angle in degrees (its `apply_affine_transform` calls
 * `np.deg2rad(shear)`; only early versions of Keras took radians), so the tutorial's films are sheared by at most
 * 0.0035 radians: less than a pixel at 224 pixels. We reproduce what its code does, not what its author may have meant.
 */
const KERAS_SHEAR_DEGREES = 0.2
const radians = (degrees: number): number => (degrees * Math.PI) / 180

const pneumoniaVggLite: Preset = {
  name: 'pneumonia-vgg-lite',
  title: 'Pneumonia, small VGG',
  source: 'Lim, 2024',
  description: 'Three convolutions and a dense layer tell normal chest films from pneumonia.',
  spec: {
    name: 'pneumonia-vgg-lite',
    input: { height: 224, width: 224, channels: 3 },
    classes: 2,
    layers: [
      { type: 'conv2d', filters: 32, activation: 'relu' },
      { type: 'maxPool' },
      { type: 'conv2d', filters: 64, activation: 'relu' },
      { type: 'maxPool' },
      { type: 'conv2d', filters: 128, activation: 'relu' },
      { type: 'maxPool' },
      { type: 'flatten' },
      { type: 'dense', units: 128, activation: 'relu' },
      { type: 'dense', units: 1, activation: 'sigmoid' },
    ],
    loss: { kind: 'binaryCrossentropy' },
    optimiser: { kind: 'adam' },
  },
  settings: {
    epochs: 10,
    batchSize: 32,
    augmentation: { shear: radians(KERAS_SHEAR_DEGREES), zoom: 0.2, flipHorizontal: true },
  },
  published: 'Test accuracy 0.87; last epoch: loss 0.0945, validation accuracy 0.9375',
}

const sameBlock = (filters: number) =>
  [
    {
      type: 'conv2d',
      filters,
      padding: 'same',
      activation: 'relu',
      kernelInitializer: 'heUniform',
    },
    { type: 'maxPool' },
  ] as const
const heHead = [
  { type: 'flatten' },
  { type: 'dense', units: 128, activation: 'relu', kernelInitializer: 'heUniform' },
  { type: 'dense', units: 1, activation: 'sigmoid' },
] as const

const pneumonia2020 = {
  source: 'Pneumonia detection tutorial, 2020',
  settings: { epochs: 25, batchSize: 32 },
  spec: {
    input: { height: 200, width: 200, channels: 3 },
    classes: 2,
    loss: { kind: 'binaryCrossentropy' },
    optimiser: { kind: 'momentum', learningRate: 0.001, momentum: 0.9 },
  },
} as const

const pneumoniaBaseline: Preset = {
  ...pneumonia2020,
  name: 'pneumonia-baseline',
  title: 'Pneumonia, one block',
  description:
    'One convolution before a wide dense layer: the baseline that deeper networks must beat.',
  spec: {
    ...pneumonia2020.spec,
    name: 'pneumonia-baseline',
    layers: [
      // The first block is not said to use he_uniform.
      { type: 'conv2d', filters: 32, padding: 'same', activation: 'relu' },
      { type: 'maxPool' },
      ...heHead,
    ],
  },
  published: 'Validation accuracy above 0.75',
}

const pneumoniaDeep: Preset = {
  ...pneumonia2020,
  name: 'pneumonia-deep',
  title: 'Pneumonia, five blocks',
  description: 'The baseline with four more blocks of convolution and pooling.',
  spec: {
    ...pneumonia2020.spec,
    name: 'pneumonia-deep',
    layers: [
      { type: 'conv2d', filters: 32, padding: 'same', activation: 'relu' },
      { type: 'maxPool' },
      ...[64, 128, 256, 128].flatMap(sameBlock),
      ...heHead,
    ],
  },
  published: 'Validation accuracy above 0.95',
}

const digits: Preset = {
  name: 'digits',
  title: 'Handwritten digits',
  source: 'MNIST tutorial, 2023',
  description: 'Ten digits of 28×28 pixels: a quick check that training works.',
  spec: {
    name: 'digits',
    input: { height: 28, width: 28, channels: 1 },
    classes: 10,
    layers: [
      { type: 'conv2d', filters: 32, activation: 'relu' },
      { type: 'maxPool' },
      { type: 'conv2d', filters: 64, activation: 'relu' },
      { type: 'maxPool' },
      { type: 'conv2d', filters: 64, activation: 'relu' },
      { type: 'flatten' },
      { type: 'dense', units: 64, activation: 'relu' },
      { type: 'dense', units: 10, activation: 'softmax' },
    ],
    loss: { kind: 'categoricalCrossentropy' },
    optimiser: { kind: 'adam' },
  },
  settings: { epochs: 20, batchSize: 64, seed: 23, validationShare: 0.2 },
  published: 'Test accuracy 0.9926; validation accuracy 0.9913',
}

/** All presets, every option filled in. */
export const recipes: readonly Recipe[] = [
  pneumoniaVggLite,
  pneumoniaBaseline,
  pneumoniaDeep,
  digits,
].map((preset) => Recipe.parse(preset))

/** The preset of that name, as `--preset` takes it. Throws NOT_FOUND naming those there are. */
export function recipeNamed(name: string): Recipe {
  const recipe = recipes.find((candidate) => candidate.name === name)
  if (recipe) return recipe
  const names = recipes.map((candidate) => candidate.name).join(', ')
  throw new AppError('NOT_FOUND', `There is no preset ${name}; there are ${names}`)
}
