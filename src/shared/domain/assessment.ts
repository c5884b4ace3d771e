/** A model's scores of a data set's labelled films, kept to be judged. */
import { z } from 'zod'
import { ImageRow } from './dataset.ts'
import { ScoreFigures } from './scoreCard.ts'
import { SplitLeak } from './split.ts'
import { TestLooks } from './testLook.ts'
import { Part } from './part.ts'

/** Films of a part as the model's own training split them; «all» are all labelled ones. */
export const AssessedPart = Part.or(z.literal('all'))
export type AssessedPart = z.infer<typeof AssessedPart>

export const Assessment = z.object({
  id: z.string(),
  modelId: z.string(),
  datasetId: z.string(),
  datasetName: z.string(),
  part: AssessedPart,
  /** The model was trained on films of this data set; else it is an external one. */
  internal: z.boolean(),
  setHash: z.string(),
  /** Of the data set's version; undefined for older assessments. */
  datasetHash: z.string().optional(),
  films: z.int(),
  positives: z.int(),
  patients: z.int(),
  refused: z.int(),
  createdAt: z.string(),
})
export type Assessment = z.infer<typeof Assessment>

export const ScoreCard = ScoreFigures.extend({
  assessment: Assessment,
  /** How often the test films of that version were looked at; where the assessment holds such films. */
  looks: TestLooks.optional(),
  /** Of the model's training. */
  leak: SplitLeak.optional(),
})
export type ScoreCard = z.infer<typeof ScoreCard>

/** Which films of an assessment: those of a cell, a bin, or between two points of a curve. */
export const AssessedFilter = z.object({
  assessmentId: z.string(),
  label: z.int().min(0).optional(),
  /** The class that was named; of two classes by `threshold`, of more the likeliest. */
  predicted: z.int().min(0).optional(),
  threshold: z.number().min(0).max(1).optional(),
  /** Scores from … to, both included. */
  from: z.number().optional(),
  to: z.number().optional(),
})
export type AssessedFilter = z.infer<typeof AssessedFilter>

export const AssessedFilm = z.object({
  image: ImageRow,
  label: z.int(),
  probabilities: z.array(z.number()),
})
export type AssessedFilm = z.infer<typeof AssessedFilm>
