/** How good scores are, and what is decided on that. */
import { z } from 'zod'
import { CalibrationMap, JudgedSet, Zones } from '../../domain/calibration.ts'
import { PairedComparison } from '../../domain/comparison.ts'
import { Evaluation } from '../../domain/evaluation.ts'
import { Refusal } from '../../domain/film.ts'
import { ModelManifest } from '../../domain/model.ts'
import { JudgementOrder, LabelledScores, ScoreFigures } from '../../domain/scoreCard.ts'
import { ShortcutChange, ShortcutFigures } from '../../domain/shortcut.ts'
import { LabelledFilm } from '../../domain/training.ts'
import { procedure } from '../../rpc/contract.ts'
import { Count } from './count.ts'
import { ScreenedFilm } from './scoring.ts'

export const judgingContract = {
  evaluate: procedure({
    input: z.object({
      modelFolder: z.string(),
      films: z.array(LabelledFilm),
      threshold: z.number().min(0).max(1).optional(),
    }),
    progress: Count.extend({ films: z.array(ScreenedFilm) }),
    output: Evaluation.extend({ refused: z.array(Refusal) }),
  }),
  /** Figures and curves of scores that a model gave before. */
  judge: procedure({
    input: LabelledScores.extend({
      classes: z.array(z.string()).min(2),
      threshold: z.number().min(0).max(1),
      calibration: CalibrationMap.optional(),
      zones: Zones.pick({ low: true, high: true }).optional(),
      /** For each property its value for each film: subgroups are made of these. */
      facets: z.record(z.string(), z.array(z.string())).optional(),
    }),
    output: ScoreFigures,
  }),
  /** What these changes do to decisions, from scores that were given before. */
  judgeShortcuts: procedure({
    input: z.object({
      changes: z.array(
        z.object({
          change: ShortcutChange,
          /** Of the films as they are, and changed. */
          before: z.array(z.array(z.number())),
          after: z.array(z.array(z.number())),
          labels: z.array(z.int()),
          patients: z.array(z.string()),
        }),
      ),
      threshold: z.number(),
    }),
    output: z.array(ShortcutFigures),
  }),
  /** Chooses calibration, threshold and zones on labelled films and writes them into the package. */
  decide: procedure({
    input: JudgementOrder.extend({
      folder: z.string(),
      scored: LabelledScores,
      on: JudgedSet,
    }),
    output: ModelManifest,
  }),
  compare: procedure({
    input: z.object({
      first: z.object({ scores: z.array(z.number()), threshold: z.number() }),
      second: z.object({ scores: z.array(z.number()), threshold: z.number() }),
      labels: z.array(z.int()),
    }),
    output: PairedComparison,
  }),
}
