/** What is known of a model on one set of films, curve by curve. */
import { z } from 'zod'
import { Interval } from './evaluation.ts'

/** Films called at or above one threshold; `threshold` is undefined where nothing is called. */
export const CurvePoint = z.object({
  threshold: z.number().optional(),
  truePositives: z.int(),
  falsePositives: z.int(),
})
export type CurvePoint = z.infer<typeof CurvePoint>

/** Films of one bin of the reliability diagram. */
export const CalibrationBin = z.object({
  count: z.int(),
  /** Lowest and highest score of its films. */
  from: z.number(),
  to: z.number(),
  /** Mean score of its films. */
  meanScore: z.number(),
  /** Share of sick films among them, with Wilson's interval. */
  sickShare: z.number(),
  ci95: Interval,
})
export type CalibrationBin = z.infer<typeof CalibrationBin>
