/** Many trainings planned at once, to be compared: what they have in common and what varies. docs/recipes.md shows one. */
import { z } from 'zod'
import { ModelSpec } from './modelSpec.ts'
import { ScaleName } from './preprocessing.ts'
import { Augmentation, LearningRateSchedule, TrainingSettings } from './training.ts'

const size = z.int().min(1).max(65_536)
const sizes = z.union([size, z.array(size).min(1).max(20)])
const seed = z.int().min(0).max(2 ** 31 - 1) // prettier-ignore

export const optimiserKinds = z.enum(['sgd', 'momentum', 'adam', 'adamw', 'rmsprop'])

/** What one configuration may set. The first group changes a network in notation, layer by layer. */
const options = {
  /** Filters of each group of convolutions. */
  filters: sizes,
  convolutionsPerGroup: z.int().min(1).max(8),
  kernel: z.int().min(1).max(31),
  pool: z.int().min(2).max(8),
  /** After each group; 0 is none. */
  dropout: z.number().min(0).max(0.99),
  batchNorm: z.boolean(),
  /** Factor on the dense layers; 0 is none. */
  l2: z.number().min(0).max(10),
  denseUnits: sizes,
  denseLayers: z.int().min(0).max(10),
  denseDropout: z.number().min(0).max(0.99),

  preset: z.string(),
  /** A network in notation. */
  spec: z.string(),
  /** `180x180x3`. */
  input: z.string().regex(/^\d+x\d+x[13]$/i, 'HEIGHTxWIDTHx1 or HEIGHTxWIDTHx3'),
  optimiser: optimiserKinds,
  learningRate: z.number().positive().max(100),
  epochs: z.int().min(1).max(10_000),
  batch: z.int().min(1).max(4096),
  normalisation: ScaleName,
  augmentation: z.strictObject(Augmentation.shape),
  classWeights: z.boolean(),
  validationShare: z.number().min(0).max(0.5),
  patience: z.int().min(1),
  schedule: LearningRateSchedule,
  weightAverage: z.number().min(0).max(0.99999),
  seed,
} as const

/** Options of a configuration by name. */
export const SweepOptions = z.strictObject(options).partial()
export type SweepOptions = z.output<typeof SweepOptions>
export type SweepOption = keyof SweepOptions

/** An option with all the values that it takes in turn. */
const grid = z
  .strictObject({
    filters: z.array(sizes).min(1),
    denseUnits: z.array(sizes).min(1),
    convolutionsPerGroup: z.array(options.convolutionsPerGroup).min(1),
    kernel: z.array(options.kernel).min(1),
    pool: z.array(options.pool).min(1),
    dropout: z.array(options.dropout).min(1),
    batchNorm: z.array(options.batchNorm).min(1),
    l2: z.array(options.l2).min(1),
    denseLayers: z.array(options.denseLayers).min(1),
    denseDropout: z.array(options.denseDropout).min(1),
    preset: z.array(options.preset).min(1),
    spec: z.array(options.spec).min(1),
    input: z.array(options.input).min(1),
    optimiser: z.array(options.optimiser).min(1),
    learningRate: z.array(options.learningRate).min(1),
    batch: z.array(options.batch).min(1),
    normalisation: z.array(options.normalisation).min(1),
    augmentation: z.array(options.augmentation).min(1),
    classWeights: z.array(options.classWeights).min(1),
    schedule: z.array(options.schedule).min(1),
    weightAverage: z.array(options.weightAverage).min(1),
  })
  .partial()

const Configuration = z.strictObject({
  ...SweepOptions.shape,
  name: z.string().min(1).max(100).optional(),
  /** Higher ones run first. */
  priority: z.int().min(-100).max(100).optional(),
})

export const Sweep = z.strictObject({
  name: z.string().min(1).max(100).default('sweep'),
  /** For all configurations. */
  base: SweepOptions.default({}),
  /** Each with each. */
  grid: grid.default({}),
  /** One by one; a text is a network in notation. With a grid: each of them with each of the grid. */
  configurations: z
    .array(z.union([z.string().transform((spec) => ({ spec })), Configuration]))
    .min(1)
    .optional(),
  /** Each configuration once a seed; its figures are then means with deviations. */
  seeds: z.array(seed).min(1).max(50).optional(),
  /** Each configuration once a fold, the patients of each fold being watched in turn. */
  folds: z.int().min(2).max(20).optional(),
  /** Successive halving (Jamieson and Talwalkar, 2016): after `epochs`, only the best `keep` go on, for more each time. */
  halving: z
    .strictObject({
      keep: z
        .number()
        .gt(0)
        .lt(1)
        .default(1 / 3),
      epochs: z.int().min(1).default(1),
    })
    .optional(),
})
export type Sweep = z.output<typeof Sweep>

/** One training of a configuration. */
export const SweepRun = z.object({
  seed: z.int(),
  /** From 1. */
  fold: z.int().optional(),
  settings: TrainingSettings,
})
export type SweepRun = z.output<typeof SweepRun>

export const SweepConfiguration = z.object({
  /** From 1, in the order of the plan. */
  number: z.int(),
  name: z.string(),
  priority: z.int(),
  /** The options that not all configurations share. */
  differs: z.record(z.string(), z.unknown()),
  recipe: z.string(),
  spec: ModelSpec,
  params: z.int(),
  runs: z.array(SweepRun),
})
export type SweepConfiguration = z.output<typeof SweepConfiguration>

export const PlannedSweep = z.object({
  name: z.string(),
  configurations: z.array(SweepConfiguration),
  halving: z.object({ keep: z.number(), epochs: z.int() }).optional(),
})
export type PlannedSweep = z.output<typeof PlannedSweep>

const Figure = z.object({ mean: z.number(), deviation: z.number().optional() })

/** A line of the comparison: means over the runs of a configuration, with deviations where there are several. */
export const SweepRow = z.object({
  number: z.int(),
  name: z.string(),
  /** `halved`: stopped early, as others were better. `failed`: no run of it ended well. */
  status: z.enum(['complete', 'halved', 'failed']),
  reason: z.string().optional(),
  differs: z.record(z.string(), z.unknown()),
  recipe: z.string(),
  params: z.int(),
  runs: z.int(),
  epochs: z.int(),
  bestEpoch: Figure.optional(),
  trainAccuracyBest: Figure.optional(),
  valAccuracyBest: Figure.optional(),
  trainAccuracyLast: Figure.optional(),
  valAccuracyLast: Figure.optional(),
  stability: Figure.optional(),
  gap: Figure.optional(),
  gapLast: Figure.optional(),
  valAuc: Figure.optional(),
  testAccuracy: Figure.optional(),
  /** Of all runs together. */
  seconds: z.number(),
})
export type SweepRow = z.output<typeof SweepRow>
