import { z } from 'zod'
import { ScaleName } from '../../shared/domain/preprocessing.ts'
import { share, wholeNumber } from '../parse.ts'

export const TrainOptions = z.object({
  data: z.string(),
  preset: z.string().optional(),
  spec: z.string().optional(),
  input: z.string().optional(),
  epochs: wholeNumber(1, 10_000).optional(),
  batch: wholeNumber(1, 4096).optional(),
  seed: wholeNumber(0).optional(),
  'val-split': share(0, 0.5).optional(),
  normalisation: ScaleName.optional(),
  'class-weights': z.boolean().optional(),
  out: z.string().min(1).optional(),
  resume: z.string().optional(),
  library: z.string().optional(),
})
export type TrainOptions = z.output<typeof TrainOptions>
