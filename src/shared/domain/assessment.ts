/** A model's scores of a data set's labelled films, kept to be judged. */
import { z } from 'zod'
import { ImageRow } from './dataset.ts'
import { ScoreFigures } from './scoreCard.ts'
import { SplitLeak } from './split.ts'
import { TestLooks } from './testLook.ts'
import { Part } from './part.ts'
import { ShortcutChange, ShortcutFigures } from './shortcut.ts'

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
  /** What changes where no disease is do to its decisions; empty until that was tested. */
  shortcuts: z.array(ShortcutFigures),
})
export type ScoreCard = z.infer<typeof ScoreCard>

/** Which films of an assessment: those of a cell, a bin, or between two points of a curve. */
export const AssessedFilter = z.object({
  assessmentId: z.string(),
  label: z.int().min(0).optional(),
  /** The class that was named; of two classes by `threshold`, of more the likeliest. */
  predicted: z.int().min(0).optional(),
  threshold: z.number().min(0).max(1).optional(),
  /** Scores from … to, both included, and under `below`. */
  from: z.number().optional(),
  to: z.number().optional(),
  below: z.number().optional(),
  /** Scores of at most `low` or at least `high`: the films that are sure enough to be decided. */
  sure: z.object({ low: z.number(), high: z.number() }).optional(),
  /** Films that this model alone decides rightly, or the other one of that assessment alone. */
  alone: z.object({ against: z.string(), right: z.enum(['this', 'other']) }).optional(),
  /** Films that share a property. */
  subgroup: z.object({ facet: z.string(), value: z.string() }).optional(),
  /** Films that were changed so, those that it moved most first. */
  change: ShortcutChange.optional(),
  /** Of these, those that are called otherwise: all, the ones that became wrong, the ones that became right. */
  flipped: z.enum(['any', 'wrong', 'right']).optional(),
})
export type AssessedFilter = z.infer<typeof AssessedFilter>

export const AssessedFilm = z.object({
  image: ImageRow,
  label: z.int(),
  probabilities: z.array(z.number()),
  /** Under the change that was asked about. */
  changed: z.array(z.number()).optional(),
})
export type AssessedFilm = z.infer<typeof AssessedFilm>
