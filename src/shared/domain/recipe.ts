/** A preset: a network with the settings that its source trains it with. */
import { z } from 'zod'
import { ModelSpec } from './modelSpec.ts'
import { TrainingSettings } from './training.ts'

export const Recipe = z.object({
  /** As `--preset` takes it. */
  name: z.string(),
  title: z.string(),
  /** Who published it, and when. */
  source: z.string(),
  description: z.string(),
  spec: ModelSpec,
  settings: TrainingSettings,
  /** What the source reports, in words. */
  published: z.string(),
})
export type Recipe = z.output<typeof Recipe>
