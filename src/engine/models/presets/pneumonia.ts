/** Tutorials that tell normal chest films from pneumonia. */
import type { Preset } from './preset.ts'

/**
 * `shear_range=0.2` of Keras' ImageDataGenerator is an angle in degrees (its `apply_affine_transform` calls
 * `np.deg2rad(shear)`; only early versions of Keras took radians), so the tutorial's films are sheared by at most
 * 0.0035 radians: less than a pixel at 224 pixels. We reproduce what its code does, not what its author may have meant.
 */
const KERAS_SHEAR_DEGREES = 0.2
const radians = (degrees: number): number => (degrees * Math.PI) / 180

export const pneumoniaVggLite: Preset = {
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

export const pneumoniaBaseline: Preset = {
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

export const pneumoniaDeep: Preset = {
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
