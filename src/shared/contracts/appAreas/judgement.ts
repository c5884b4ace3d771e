/** How good a model is, and what is decided on that. */
import { z } from 'zod'
import {
  AssessedFilm,
  AssessedFilter,
  AssessedPart,
  Assessment,
  ScoreCard,
} from '../../domain/assessment.ts'
import { PairedComparison } from '../../domain/comparison.ts'
import { JudgementOrder, Parity } from '../../domain/scoreCard.ts'
import { procedure } from '../../rpc/contract.ts'
import { id } from './fields.ts'

export const judgementContract = {
  /** A model's scores of labelled films, kept to be judged. */
  listAssessments: procedure({ input: z.object({ modelId: id }), output: z.array(Assessment) }),
  /** Scores a part of a data set anew. */
  startAssessment: procedure({
    input: z.object({ modelId: id, datasetId: id, part: AssessedPart }),
    output: z.object({ jobId: z.string() }),
  }),
  scoreCard: procedure({ input: z.object({ assessmentId: id }), output: ScoreCard }),
  /** Scores judged films changed where no disease is, to see whether decisions hang on that. */
  startShortcutTest: procedure({
    input: z.object({ assessmentId: id }),
    output: z.object({ jobId: z.string() }),
  }),
  /** The films behind a figure, most wrong first. */
  assessedFilms: procedure({
    input: z.object({
      filter: AssessedFilter,
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    output: z.object({ total: z.int(), films: z.array(AssessedFilm) }),
  }),
  /** Chooses calibration, threshold or zones on an assessment of validation films. */
  decide: procedure({
    input: z.object({ assessmentId: id, order: JudgementOrder }),
    output: z.object({ modelId: z.string() }),
  }),
  compareModels: procedure({
    input: z.object({ assessmentIds: z.tuple([id, id]) }),
    output: PairedComparison,
  }),
  /** Scores the model's golden films on this computer; null where it has none. */
  parity: procedure({ input: z.object({ modelId: id }), output: Parity.nullable() }),
}
