/** Networks, their trainings, and what a trained one makes of films. */
import { z } from 'zod'
import { LayerLook } from '../../domain/look.ts'
import { InputShape, ModelSpec, ModelSummary } from '../../domain/modelSpec.ts'
import { NotationOrder, NotationReading } from '../../domain/notation.ts'
import { PredictedFilms, PredictedPart, PredictionOrder } from '../../domain/predictedFilm.ts'
import { Recipe } from '../../domain/recipe.ts'
import { Run, RunMarksChange } from '../../domain/run.ts'
import { Augmentation, BatchProgress, TrainingSettings } from '../../domain/training.ts'
import { procedure } from '../../rpc/contract.ts'
import { id, name } from './fields.ts'

const RunIds = z.object({ runIds: z.array(id).max(10_000) })

export const experimentsContract = {
  recipes: procedure({ input: z.void(), output: z.array(Recipe) }),
  summarise: procedure({
    input: z.object({ spec: ModelSpec, batchSize: z.int().min(1).max(4096) }),
    output: ModelSummary,
  }),
  /** A network written in one line, or what is wrong with the writing and where; for every key that is typed. */
  parseNotation: procedure({ input: NotationOrder, output: NotationReading }),
  /** Films of the data set as a training would change them: image://augmented/<previewId>/<0 …>. */
  previewAugmentation: procedure({
    input: z.object({
      datasetId: id,
      input: InputShape,
      augmentation: Augmentation,
      seed: z.int().min(0),
    }),
    output: z.object({ previewId: z.string(), pictures: z.int() }),
  }),
  startTraining: procedure({
    input: z.object({
      datasetId: id,
      name,
      recipe: z.string().max(10_000),
      spec: ModelSpec,
      settings: TrainingSettings,
      /** A person insists on a split that leaks; refused with LEAK otherwise. */
      allowLeak: z.boolean().default(false),
    }),
    output: z.object({ runId: z.string(), jobId: z.string() }),
  }),
  /** Goes on with an interrupted or failed run from its last checkpoint. */
  resumeTraining: procedure({
    input: z.object({ runId: id }),
    output: z.object({ jobId: z.string() }),
  }),
  listRuns: procedure({ input: z.void(), output: z.array(Run) }),
  /** Streams a run until it ended or the call is cancelled. */
  watchRun: procedure({
    input: z.object({ runId: id }),
    progress: z.object({ run: Run, live: BatchProgress.optional() }),
    output: z.void(),
  }),
  renameRun: procedure({ input: z.object({ runId: id, name }), output: z.void() }),
  /** Stars, archives, tags and notes of runs; what is left out of a change stays as it is. */
  markRuns: procedure({
    input: z.object({ changes: z.array(RunMarksChange.extend({ runId: id })).max(10_000) }),
    output: z.void(),
  }),
  /** What the runs' checkpoints and curves take up on the disk. */
  measureRuns: procedure({ input: RunIds, output: z.object({ bytes: z.number() }) }),
  /** All or none; refused while one of them waits or trains. Models stay. */
  deleteRuns: procedure({ input: RunIds, output: z.object({ bytesFreed: z.number() }) }),
  /** Films of the model's own data set with what it says of them, where it has scored them. */
  predictedFilms: procedure({
    input: z.object({
      modelId: id,
      part: PredictedPart,
      order: PredictionOrder,
      limit: z.int().min(1).max(500),
    }),
    output: PredictedFilms,
  }),
  /** Scores the films of a part that the model has not scored yet. */
  startPredicting: procedure({
    input: z.object({ modelId: id, part: PredictedPart }),
    output: z.object({ jobId: z.string() }),
  }),
  /** A picture for each channel of a layer: image://augmented/<previewId>/<0 …>. */
  lookInside: procedure({
    input: z.object({
      modelId: id,
      look: LayerLook,
      /** The film of a feature map. */
      imageId: id.optional(),
    }),
    output: z.object({
      previewId: z.string(),
      pictures: z.int(),
      /** Of the layer in all. */
      channels: z.int(),
    }),
  }),
}
