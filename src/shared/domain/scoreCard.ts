/** What is known of a model on one set of films, curve by curve. */
import { z } from 'zod'
import { CalibrationMethodName, Goal, Zones } from './calibration.ts'
import { Evaluation, Interval } from './evaluation.ts'

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
  /** Lowest and highest raw score of its films, by which they are found. */
  from: z.number(),
  to: z.number(),
  /** Mean score of its films. */
  meanScore: z.number(),
  /** Share of sick films among them, with Wilson's interval. */
  sickShare: z.number(),
  ci95: Interval,
})
export type CalibrationBin = z.infer<typeof CalibrationBin>

/** Films decided when the least sure are left out, and the share of these decided wrongly. */
export const CoveragePoint = z.object({
  coverage: z.number(),
  error: z.number(),
  ci95: Interval,
  /** The films that are decided score at most `low` or at least `high`; undefined where none is on that side. */
  low: z.number().optional(),
  high: z.number().optional(),
})
export type CoveragePoint = z.infer<typeof CoveragePoint>

/** Films that share a property, judged on their own. */
const Subgroup = z.object({ facet: z.string(), value: z.string(), evaluation: Evaluation })

/** What lies in each zone of the model on these films. */
export const ZonesHere = z.object({
  ...Zones.pick({ below: true, uncertain: true, above: true }).shape,
  /** Share of cases below and of healthy films above; undefined where there are none. */
  missed: z.number().optional(),
  missedCi95: Interval.optional(),
  falseAlarms: z.number().optional(),
  falseAlarmsCi95: Interval.optional(),
})
export type ZonesHere = z.infer<typeof ZonesHere>

/** All that a page draws of a model on one set; curves are empty with more than two classes. */
export const ScoreFigures = z.object({
  evaluation: Evaluation,
  /** Thinned to what a chart can show; its ends are kept. */
  curve: z.array(CurvePoint),
  bins: z.array(CalibrationBin),
  /** Bins of the calibrated score, where the model has a calibration. */
  calibratedBins: z.array(CalibrationBin),
  coverage: z.array(CoveragePoint),
  /** Where the model has zones. */
  zones: ZonesHere.optional(),
  subgroups: z.array(Subgroup),
})
export type ScoreFigures = z.infer<typeof ScoreFigures>

/** What a model said of labelled films, in one order. */
export const LabelledScores = z.object({
  /** One probability a class, as predictions have them. */
  probabilities: z.array(z.array(z.number())),
  labels: z.array(z.int().min(0)),
  /** One name a film. */
  patients: z.array(z.string()),
})
export type LabelledScores = z.infer<typeof LabelledScores>

/** What to choose on validation films; parts left out stay as they are, null takes one back. */
export const JudgementOrder = z.object({
  calibration: CalibrationMethodName.nullable().optional(),
  goal: Goal.nullable().optional(),
  /** With the goal «manual». */
  threshold: z.number().min(0).max(1).optional(),
  zones: Zones.pick({ missAtMost: true, falseAlarmAtMost: true }).nullable().optional(),
})
export type JudgementOrder = z.infer<typeof JudgementOrder>

/** How a model scores its golden films on this computer. */
export const Parity = z.object({
  films: z.int(),
  /** Largest difference of a probability. */
  worst: z.number(),
  tolerance: z.number(),
  holds: z.boolean(),
  /** What made the expected scores, and what computed these. */
  expectedBy: z.string(),
  computedBy: z.string(),
})
export type Parity = z.infer<typeof Parity>
