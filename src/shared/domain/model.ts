/** A trained network as a package in a folder, and how it is shown. */
import { z } from 'zod'
import { Judgement } from './calibration.ts'
import { Envelope, OutsideReason } from './envelope.ts'
import { Evaluation } from './evaluation.ts'
import { ModelSpec } from './modelSpec.ts'
import { Preprocessing } from './preprocessing.ts'
import { SplitLeak } from './split.ts'
import { EpochReport, PartCounts, TrainingSettings } from './training.ts'

/** What a reader should know of a model whose maker followed a protocol; sentences. */
const Provenance = z.object({
  /** The films: whose, where published, under which licence. */
  data: z.string(),
  /** What the weights were before this training, and under which licence. */
  firstWeights: z.string(),
  /** Folds, seeds, and the rules by which epoch, threshold and calibration were chosen. */
  protocol: z.string(),
  limits: z.string(),
})

/** One array of weights in `weights.bin`: little-endian float32 unless it says otherwise, in the order of the list. */
export const WeightEntry = z.object({
  name: z.string(),
  shape: z.array(z.int().min(0)),
  type: z.literal('float16').optional(),
})
export type WeightEntry = z.infer<typeof WeightEntry>

/** Generated films whose scores are known, by which every computer checks that it scores as the first one did. */
export const GoldenFilms = z.object({
  films: z.int().min(1).max(64),
  /** Of `golden.bin`: [films, height, width] grey samples, one byte each, at the input's size. */
  seed: z.int().min(0),
  /** One probability an output and film, as the computer that made the package had them. */
  scores: z.array(z.array(z.number().min(0).max(1)).min(1)).min(1),
  /** What computed them. */
  backend: z.string(),
})
export type GoldenFilms = z.infer<typeof GoldenFilms>

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const ManifestFields = z.strictObject({
  format: z.literal('pneumoscope-model'),
  /** From 3 on there may be an envelope, from 4 on a seal, from 5 on views in the envelope, from 6 on kernels in 16 bits. */
  version: z.union([z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6)]),
  name: z.string(),
  /** ISO 8601. */
  createdAt: z.string(),
  spec: ModelSpec,
  preprocessing: Preprocessing,
  classes: z.array(z.string()).min(2),
  /** Raw scores at or above it are called positive. */
  threshold: z.number().min(0).max(1),
  ...Judgement.shape,
  golden: GoldenFilms.optional(),
  envelope: Envelope.optional(),
  weights: z.array(WeightEntry),
  files: z.record(z.string(), z.object({ sha256, bytes: z.int().min(0) })),
  /** SHA-256 over all that stands here but the name; an older version has none. */
  seal: sha256.optional(),
  card: z.object({
    trainedOn: z.string(),
    /** Of the data set's version; undefined where the films came straight from a folder. */
    datasetHash: z.string().optional(),
    /** What stood on both sides of the split, where a person trained all the same. */
    leak: SplitLeak.optional(),
    films: PartCounts,
    settings: TrainingSettings,
    bestEpoch: z.int(),
    epochs: z.array(EpochReport),
    validation: Evaluation.nullable(),
    test: Evaluation.nullable(),
    /** Trained on generated films, so its scores mean nothing on real ones. */
    synthetic: z.boolean(),
    provenance: Provenance.optional(),
    software: z.record(z.string(), z.string()),
  }),
})

/**
 * `model.json` of a package: all that is needed to score a film and to know where the score comes from. Version 1 had
 * neither calibration nor golden films, and said so in one field; it is read as version 2.
 */
export const ModelManifest = z.preprocess(upgraded, ManifestFields)
export type ModelManifest = z.output<typeof ManifestFields>

function upgraded(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { calibrated, ...rest } = value as Readonly<Record<string, unknown>>
  return rest['version'] === 1 && calibrated === false ? { ...rest, version: 2 } : value
}

/** The model's reading of one radiograph. */
export const Prediction = z.object({
  imageId: z.string(),
  modelId: z.string(),
  /** One probability a class, in the order of the model's classes. */
  probabilities: z.array(z.number().min(0).max(1)),
  /** Why the film may be none of those that the model was made for; undefined: scored before this was asked. */
  outside: z.array(OutsideReason).optional(),
  /** ISO 8601. */
  createdAt: z.string(),
})
export type Prediction = z.infer<typeof Prediction>
