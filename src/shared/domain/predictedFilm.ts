/** Labelled films with what a model says of them. */
import { z } from 'zod'
import { ImageRow } from './dataset.ts'
import { Part } from './part.ts'

export const PredictedFilm = z.object({
  image: ImageRow,
  /** What it is, and what the model says it is. */
  className: z.string(),
  predicted: z.string(),
  isRight: z.boolean(),
  /** That the model gives to the class that it is. */
  probability: z.number(),
})
export type PredictedFilm = z.output<typeof PredictedFilm>

export const PredictionOrder = z.enum(['mostWrong', 'leastSure', 'mostRight'])
export type PredictionOrder = z.infer<typeof PredictionOrder>

export const PredictedFilms = z.object({
  /** Labelled films of the part. */
  total: z.int(),
  /** Of these, those that the model has scored. */
  scored: z.int(),
  wrong: z.int(),
  films: z.array(PredictedFilm),
})
export type PredictedFilms = z.output<typeof PredictedFilms>

/** Where the films stood in the model's own training. */
export const PredictedPart = Part.or(z.literal('all'))
export type PredictedPart = z.infer<typeof PredictedPart>
