/** The numbers of a training that a person sets, with bounds as the schema has them. */
import type { NumberRule } from '../../../components/numberRule.ts'
import type { Augmentation, TrainingSettings } from '../../../../shared/domain/training.ts'

type NumberKeys<T> = {
  [Key in keyof T]-?: T[Key] extends number | undefined ? Key : never
}[keyof T]
export type AugmentationNumber = NumberKeys<Augmentation>
export type TrainingNumber = Exclude<NumberKeys<TrainingSettings>, 'memoryBudgetMb'>

const share = { unit: '%', scale: 100, step: 1 } as const
const plusMinus = { unit: '± %', scale: 100, step: 1 } as const

export const trainingRules: Readonly<Record<TrainingNumber, NumberRule>> = {
  epochs: {
    label: 'Epochs',
    hint: 'How often the network sees every training film.',
    ...{ min: 1, max: 10_000, step: 1, whole: true },
  },
  batchSize: {
    label: 'Batch size',
    hint: 'Films in one step. Larger batches are split where memory asks for it; the result is the same.',
    ...{ min: 1, max: 4096, step: 1, whole: true, unit: 'films' },
  },
  seed: {
    label: 'Seed',
    hint: 'All chance follows from it: weights, order, augmentation, dropout and split.',
    ...{ min: 0, max: 2 ** 31 - 1, step: 1, whole: true },
  },
  validationShare: {
    label: 'Validation share',
    hint: 'Patients held out of the training part where the data set has no validation part. Split by patient.',
    ...{ min: 0, max: 0.5, ...share },
  },
  patience: {
    label: 'Patience',
    hint: 'Stops after this many epochs without a better one; empty: never.',
    ...{ min: 1, max: 10_000, step: 1, whole: true, optional: true, unit: 'epochs' },
  },
  weightAverage: {
    label: 'Weight average',
    hint: 'Decay of the moving average of the weights; empty: off. 0.999 is usual.',
    ...{ min: 0, max: 0.99999, step: 0.001, optional: true },
  },
}

export const inputRules = {
  height: {
    label: 'Height',
    hint: 'Films are brought to this size, bilinear.',
    ...{ min: 8, max: 2048, step: 1, whole: true, unit: 'pixels' },
  },
  width: {
    label: 'Width',
    hint: 'Films are brought to this size, bilinear.',
    ...{ min: 8, max: 2048, step: 1, whole: true, unit: 'pixels' },
  },
} as const satisfies Record<string, NumberRule>

export const learningRateRule: NumberRule = {
  label: 'Learning rate',
  hint: 'Length of a step. Smaller is slower and steadier.',
  ...{ min: 1e-8, max: 10 },
}

export const augmentationRules: Readonly<Record<AugmentationNumber, NumberRule>> = {
  rotation: {
    label: 'Rotation',
    hint: 'Turned by up to this angle, either way.',
    ...{ min: 0, max: 180, unit: '± °', step: 1 },
  },
  shear: {
    label: 'Shear',
    hint: 'Slanted by up to this angle, either way. Keras’ shear_range counts the same degrees.',
    ...{ min: 0, max: 1, unit: '± °', scale: 180 / Math.PI, step: 0.1 },
  },
  zoom: {
    label: 'Zoom',
    hint: 'Made smaller or larger by up to this share, each axis on its own.',
    ...{ min: 0, max: 0.9, ...plusMinus },
  },
  scale: {
    label: 'Scale',
    hint: 'Made smaller or larger by up to this share, both axes together.',
    ...{ min: 0, max: 1, ...plusMinus },
  },
  aspect: {
    label: 'Aspect',
    hint: 'Made wider or narrower by up to this share.',
    ...{ min: 0, max: 1, ...plusMinus },
  },
  shift: {
    label: 'Shift',
    hint: 'Moved by up to this share of the side, either way.',
    ...{ min: 0, max: 0.5, ...plusMinus },
  },
  brightness: {
    label: 'Brightness',
    hint: 'Made darker or lighter by up to this share of the full range.',
    ...{ min: 0, max: 1, ...plusMinus },
  },
  contrast: {
    label: 'Contrast',
    hint: 'Contrast about the film’s mean, weaker or stronger by up to this share.',
    ...{ min: 0, max: 1, ...plusMinus },
  },
  gamma: {
    label: 'Gamma',
    hint: 'Gamma between 1 / (1 + this) and 1 + this.',
    ...{ min: 0, max: 3, step: 0.1 },
  },
  noise: {
    label: 'Noise',
    hint: 'Standard deviation of added noise, as a share of the full range.',
    ...{ min: 0, max: 0.5, ...share },
  },
  cutout: {
    label: 'Cut-out',
    hint: 'Side of one blanked square, as a share of the film’s side.',
    ...{ min: 0, max: 0.9, ...share },
  },
  markings: {
    label: 'Markings',
    hint: 'Chance of side letters, exposure values, times and blanked corners laid over a film, so that the network cannot go by them.',
    ...{ min: 0, max: 1, ...share },
  },
  patches: {
    label: 'Patches',
    hint: 'Chance of one or two rectangles of any grey value.',
    ...{ min: 0, max: 1, ...share },
  },
  equalise: {
    label: 'Equalise',
    hint: 'Chance of an equalised histogram, of the whole film or part by part.',
    ...{ min: 0, max: 1, ...share },
  },
  sharpness: {
    label: 'Copies',
    hint: 'Chance of a copy: coarser, blurred, sharpened, or saved as a JPEG once more.',
    ...{ min: 0, max: 1, ...share },
  },
  curve: {
    label: 'Curve',
    hint: 'Chance of an S-shaped curve of grey values, or its inverse.',
    ...{ min: 0, max: 1, ...share },
  },
  mixup: {
    label: 'Mixup',
    hint: 'Each film is blended with another, and its label as much; the Beta distribution’s parameter, 0.2 is usual.',
    ...{ min: 0, max: 1, step: 0.1 },
  },
}

export const augmentationGroups: readonly {
  readonly title: string
  readonly fields: readonly AugmentationNumber[]
}[] = [
  {
    title: 'Position and shape',
    fields: ['rotation', 'shear', 'zoom', 'scale', 'aspect', 'shift'],
  },
  { title: 'Grey values', fields: ['brightness', 'contrast', 'gamma', 'curve', 'equalise'] },
  {
    title: 'Disturbance',
    fields: ['noise', 'cutout', 'mixup', 'patches', 'markings', 'sharpness'],
  },
]
