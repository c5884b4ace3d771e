/** How a network is trained, and what a training tells while and after it runs. */
import { z } from 'zod'
import { AgeRange } from './envelope.ts'
import { Evaluation } from './evaluation.ts'
import { Refusal } from './film.ts'
import { ModelSpec } from './modelSpec.ts'
import { Part } from './part.ts'
import { Preprocessing } from './preprocessing.ts'
import { SplitLeak } from './split.ts'

/** Share of all patients kept for the test where the data comes without any parts. */
export const testShareWithoutParts = 0.15

/** Random changes to training films, drawn anew for each film in each epoch. 0 or absent is off. */
/** The nearest pixel, the film mirrored, black. */
export const fills = ['nearest', 'reflect', 'constant'] as const
export type Fill = (typeof fills)[number]

export const Augmentation = z.object({
  /** Chance of one half for each. */
  flipHorizontal: z.boolean().default(false),
  flipVertical: z.boolean().default(false),
  /** Largest rotation either way, degrees. */
  rotation: z.number().min(0).max(180).default(0),
  /**
   * Instead of `rotation`: from and to, in turns (1 is 360°), counter-clockwise, as Keras' RandomRotation takes them.
   */
  rotationRange: z
    .tuple([z.number().min(-2).max(2), z.number().min(-2).max(2)])
    .refine(([from, to]) => from <= to, 'the first is at most the second')
    .optional(),
  /** Largest shear angle either way, radians. Keras' shear_range is the same angle in degrees. */
  shear: z.number().min(0).max(1).default(0),
  /** Zoom between 1 − zoom and 1 + zoom, each axis drawn on its own as Keras does. */
  zoom: z.number().min(0).max(0.9).default(0),
  /** Size between 1 / (1 + scale) and 1 + scale, both axes together. */
  scale: z.number().min(0).max(1).default(0),
  /** Width against height between 1 / (1 + aspect) and 1 + aspect. */
  aspect: z.number().min(0).max(1).default(0),
  /** Largest shift either way, as a share of the side. */
  shift: z.number().min(0).max(0.5).default(0),
  /** Largest change either way, as a share of the full range. */
  brightness: z.number().min(0).max(1).default(0),
  /** Contrast factor between 1 − contrast and 1 + contrast, about the film's mean. */
  contrast: z.number().min(0).max(1).default(0),
  /** Gamma between 1 / (1 + gamma) and 1 + gamma. */
  gamma: z.number().min(0).max(3).default(0),
  /** Standard deviation of Gaussian noise, as a share of the full range. */
  noise: z.number().min(0).max(0.5).default(0),
  /** Side of one blanked square, as a share of the film's side. */
  cutout: z.number().min(0).max(0.9).default(0),
  /** Chance of side letters, exposure values, times of day and blanked corners laid over a film. */
  markings: z.number().min(0).max(1).default(0),
  /** Chance of one or two rectangles of any grey value. */
  patches: z.number().min(0).max(1).default(0),
  /** Chance of an equalised histogram, of the whole film or tile by tile with limited contrast. */
  equalise: z.number().min(0).max(1).default(0),
  /** Chance of a copy: at lower resolution, blurred, sharpened, or saved as a JPEG once more. */
  sharpness: z.number().min(0).max(1).default(0),
  /** Chance of an S-shaped curve of grey values, or its inverse. */
  curve: z.number().min(0).max(1).default(0),
  /**
   * Mixup: each film is blended with another, and its label as much; the share of the lesser one is min(s, 1 − s) with s
   * of a Beta distribution with both parameters this. 0.2 is usual.
   */
  mixup: z.number().min(0).max(1).default(0),
  /**
   * What fills in where the film was moved away; `varied` takes one of the others for each batch, so that neither a rim
   * nor its absence comes to mean anything.
   */
  fill: z.enum([...fills, 'varied']).default('nearest'),
})
export type Augmentation = z.output<typeof Augmentation>

export const LearningRateSchedule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('constant') }),
  /** Multiplied by `factor` after every `everyEpochs`. */
  z.object({ kind: z.literal('step'), everyEpochs: z.int().min(1), factor: z.number().positive() }),
  /** Linear warm-up over a share of all steps, then a cosine to zero. */
  z.object({ kind: z.literal('cosine'), warmup: z.number().min(0).max(0.9).default(0.1) }),
  /** Multiplied by `factor` when validation loss has not improved for `patience` epochs. */
  z.object({
    kind: z.literal('plateau'),
    patience: z.int().min(1).default(3),
    factor: z.number().positive().max(1).default(0.2),
  }),
])
export type LearningRateSchedule = z.output<typeof LearningRateSchedule>

export const TrainingSettings = z.object({
  epochs: z.int().min(1).max(10_000).default(10),
  batchSize: z.int().min(1).max(4096).default(32),
  /** Every random choice of a training follows from it: weights, order, augmentation, dropout, split. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
  /** Share of the training patients held out for validation where the data has no validation part. */
  validationShare: z.number().min(0).max(0.5).default(0.2),
  /** `2/5`: watches the second of five folds of the patients instead of a share of them. */
  fold: z
    .string()
    .regex(/^\d{1,2}\/\d{1,2}$/, 'a fold such as 2/5')
    .optional(),
  augmentation: Augmentation.prefault({}),
  preprocessing: Preprocessing.default({ version: 1, resize: 'bilinear', scale: 'unit' }),
  /** Weighs each class by films / (classes × films of the class). */
  classWeights: z.boolean().default(false),
  /** Stops after this many epochs without a better validation figure; absent: never. */
  patience: z.int().min(1).optional(),
  schedule: LearningRateSchedule.default({ kind: 'constant' }),
  /** Which epoch's weights become the model: those of the best one, or of the last. */
  keep: z.enum(['best', 'last']).default('best'),
  /** Decay of the exponential moving average of the weights; absent: off. */
  weightAverage: z.number().min(0).max(0.99999).optional(),
  /** Years of the patients, where a person knows it and the films do not say. */
  ages: AgeRange.optional(),
  /** Peak memory of the training graph, MB; larger batches are split and their gradients added. */
  memoryBudgetMb: z.int().min(128).default(1100),
})
export type TrainingSettings = z.output<typeof TrainingSettings>
export type TrainingSettingsInput = z.input<typeof TrainingSettings>

/** One labelled film of a training or an evaluation. */
export const LabelledFilm = z.object({
  path: z.string(),
  /** Index into the classes. */
  label: z.int().min(0),
  /**
   * How far it may be of the other of two classes: in training its label counts 1 − doubt, the other class doubt, as where
   * readers or models disagree (Hinton and others, "Distilling the Knowledge in a Neural Network", 2015). Absent: 0.
   */
  doubt: z.number().min(0).max(1).optional(),
  /** Films of one patient never stand on both sides of a split. */
  patient: z.string(),
  /** Films that stay together for more than their patient, such as copies; the patient when left out. */
  group: z.string().optional(),
  /** Undefined: the training decides (by patient). */
  part: Part.optional(),
  /** Its file tells black from white wrong, as a person said: they are exchanged. */
  turned: z.literal(true).optional(),
})
export type LabelledFilm = z.infer<typeof LabelledFilm>

export const TrainingPlan = z.object({
  spec: ModelSpec,
  settings: TrainingSettings,
  /** In the order of the outputs; the last of two is the positive one. */
  classes: z.array(z.string()).min(2),
  films: z.array(LabelledFilm).min(2),
  /** Name of the data set, for the model's card. */
  trainedOn: z.string(),
  /** Of the data set's version, for the model's card. */
  datasetHash: z.string().optional(),
  /** What stands on both sides of the split, where a person trained all the same; for the model's card. */
  leak: SplitLeak.optional(),
  /** The run's folder: checkpoints, the best model, the split. Made when absent. */
  folder: z.string(),
  /** Where decoded films are kept between runs. */
  cacheFolder: z.string(),
  /** Pauses after this epoch, as a person's stop would; a resume goes on from there. */
  untilEpoch: z.int().min(1).optional(),
  /** A model package to start from: its weights of the same name and shape; the rest is drawn from the seed. */
  startFrom: z.string().optional(),
  /** Goes on from the last checkpoint in `folder`. */
  resume: z.boolean().default(false),
})
export type TrainingPlan = z.output<typeof TrainingPlan>

export const EpochReport = z.object({
  /** From 1. */
  epoch: z.int(),
  loss: z.number(),
  accuracy: z.number(),
  valLoss: z.number().optional(),
  valAccuracy: z.number().optional(),
  /** Undefined without validation films of both classes, or with more than two classes. */
  valAuc: z.number().optional(),
  learningRate: z.number(),
  seconds: z.number(),
  /** Training films per second of wall time of the epoch, decode and augmentation included. */
  imagesPerSecond: z.number(),
  /** The epoch to keep so far: lowest validation loss, or training loss where there is no validation; or the last. */
  best: z.boolean(),
})
export type EpochReport = z.infer<typeof EpochReport>

/** Where a running training stands, beside the finished epochs. */
export const BatchProgress = z.object({
  epoch: z.int(),
  epochs: z.int(),
  batch: z.int(),
  batches: z.int(),
  /** Means over the epoch so far. */
  loss: z.number(),
  accuracy: z.number(),
  imagesPerSecond: z.number(),
  secondsLeft: z.number(),
  /** Resident memory of the engine, bytes. */
  memoryBytes: z.number(),
})
export type BatchProgress = z.infer<typeof BatchProgress>

/** Films that stand in each part. */
export const PartCounts = z.object({ train: z.int(), validation: z.int(), test: z.int() })

export const TrainingProgress = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('preparing'), done: z.int(), total: z.int() }),
  z.object({
    kind: z.literal('prepared'),
    films: PartCounts,
    /** Share of the largest class among the validation films: what guessing reaches. */
    baselineAccuracy: z.number().optional(),
    refused: z.array(Refusal),
  }),
  BatchProgress.extend({ kind: z.literal('batch') }),
  z.object({ kind: z.literal('epoch'), report: EpochReport }),
  z.object({ kind: z.literal('testing'), done: z.int(), total: z.int() }),
])
export type TrainingProgress = z.infer<typeof TrainingProgress>

export const TrainingResult = z.object({
  /** Folder of the model package: the weights of the best epoch. */
  modelFolder: z.string(),
  bestEpoch: z.int(),
  epochs: z.array(EpochReport),
  /** Why it ended. A person's stop keeps the best epoch so far. */
  ended: z.enum(['complete', 'patience', 'stopped']),
  /** Null when the data has no test part. */
  test: Evaluation.nullable(),
})
export type TrainingResult = z.infer<typeof TrainingResult>
