/** A trained network as a package in a folder, and how it is shown. */
import { z } from 'zod'
import { Evaluation } from './evaluation.ts'
import { ModelSpec } from './modelSpec.ts'
import { Preprocessing } from './preprocessing.ts'
import { EpochReport, PartCounts, TrainingSettings } from './training.ts'

/** One array of weights in `weights.bin`: little-endian float32, in the order of the list. */
export const WeightEntry = z.object({ name: z.string(), shape: z.array(z.int().min(0)) })
export type WeightEntry = z.infer<typeof WeightEntry>

/** `model.json` of a package: all that is needed to score a film and to know where the score comes from. */
export const ModelManifest = z.object({
  format: z.literal('pneumoscope-model'),
  version: z.literal(1),
  name: z.string(),
  /** ISO 8601. */
  createdAt: z.string(),
  spec: ModelSpec,
  preprocessing: Preprocessing,
  classes: z.array(z.string()).min(2),
  /** Scores at or above it are called positive. */
  threshold: z.number().min(0).max(1),
  /** Whether the score has been tested to be a probability. */
  calibrated: z.literal(false),
  weights: z.array(WeightEntry),
  files: z.record(z.string(), z.object({ sha256: z.string(), bytes: z.int() })),
  card: z.object({
    trainedOn: z.string(),
    films: PartCounts,
    settings: TrainingSettings,
    bestEpoch: z.int(),
    epochs: z.array(EpochReport),
    validation: Evaluation.nullable(),
    test: Evaluation.nullable(),
    /** Trained on generated films, so its scores mean nothing on real ones. */
    synthetic: z.boolean(),
    software: z.record(z.string(), z.string()),
  }),
})
export type ModelManifest = z.output<typeof ModelManifest>

/** The model's reading of one radiograph. */
export const Prediction = z.object({
  imageId: z.string(),
  modelId: z.string(),
  /** One probability a class, in the order of the model's classes. */
  probabilities: z.array(z.number().min(0).max(1)),
  /** ISO 8601. */
  createdAt: z.string(),
})
export type Prediction = z.infer<typeof Prediction>
