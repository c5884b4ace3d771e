/** Networks, and how they are trained. */
import { z } from 'zod'
import { InputShape, ModelSpec, ModelSummary } from '../../domain/modelSpec.ts'
import { NotationOrder, NotationReading } from '../../domain/notation.ts'
import { Recipe } from '../../domain/recipe.ts'
import { SweepReading } from '../../domain/sweepReading.ts'
import {
  Augmentation,
  TrainingPlan,
  TrainingProgress,
  TrainingResult,
} from '../../domain/training.ts'
import { procedure } from '../../rpc/contract.ts'

export const trainingContract = {
  recipes: procedure({ input: z.void(), output: z.array(Recipe) }),
  summarise: procedure({
    input: z.object({ spec: ModelSpec, batchSize: z.int().min(1).default(32) }),
    output: ModelSummary,
  }),
  /** A network written in one line, or what is wrong with the writing and where. */
  parseNotation: procedure({ input: NotationOrder, output: NotationReading }),
  /** All configurations of a sweep written as YAML, with their networks and their runs, or what is wrong and where. */
  planSweep: procedure({
    input: z.object({
      text: z.string().max(1_000_000),
      classes: z.int().min(2).max(1000),
      input: InputShape.optional(),
    }),
    output: SweepReading,
  }),
  /** A JPEG for each film, changed at random as a training would change it. */
  previewAugmentation: procedure({
    input: z.object({
      paths: z.array(z.string()).min(1).max(24),
      input: InputShape,
      augmentation: Augmentation,
      seed: z.int().min(0),
    }),
    output: z.object({ jpegs: z.array(z.instanceof(Uint8Array)) }),
  }),
  train: procedure({ input: TrainingPlan, progress: TrainingProgress, output: TrainingResult }),
}
