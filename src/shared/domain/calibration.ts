/** What a person decided about a model's score, and on which films: none of it travels without them. */
import { z } from 'zod'
import { Confusion, Interval } from './evaluation.ts'

const share = z.number().min(0).max(1)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal is expected')

/** The films that something was chosen on, so that it is known again. */
export const JudgedSet = z.object({
  /** Name of the data set and its part, for a person. */
  name: z.string(),
  films: z.int().min(1),
  positives: z.int().min(0),
  patients: z.int().min(1),
  /** SHA-256 over contents and labels of all films. */
  hash: sha256,
})
export type JudgedSet = z.infer<typeof JudgedSet>

/** How a raw score becomes a probability. All kinds keep the order of films. */
export const CalibrationMap = z.discriminatedUnion('kind', [
  /** Guo et al. 2017: logit / temperature. */
  z.object({ kind: z.literal('temperature'), temperature: z.number().positive().max(1e6) }),
  /** Platt 1999: logistic regression on the logit. */
  z.object({
    kind: z.literal('platt'),
    slope: z.number().min(0).max(1e6),
    intercept: z.number().min(-1e6).max(1e6),
  }),
  /** Pool adjacent violators; straight between knots, level beyond them. */
  z.object({
    kind: z.literal('isotonic'),
    scores: z.array(share).min(1).max(100_000),
    probabilities: z.array(share).min(1).max(100_000),
  }),
])
export type CalibrationMap = z.infer<typeof CalibrationMap>
export const CalibrationMethodName = z.enum(['temperature', 'platt', 'isotonic'])
export type CalibrationMethod = CalibrationMap['kind']

/** How far scores are from probabilities; lower is better in all. */
export const CalibrationFigures = z.object({ loss: z.number(), brier: share, ece: share })
export type CalibrationFigures = z.infer<typeof CalibrationFigures>

export const Calibration = z.object({
  map: CalibrationMap,
  /** SHA-256 of the weights whose scores it maps. */
  modelHash: sha256,
  on: JudgedSet,
  /**
   * On films that the map was not made from: each fifth of the patients by a map made from the others. Without it
   * nothing may be called calibrated.
   */
  test: z.object({ folds: z.int(), raw: CalibrationFigures, calibrated: CalibrationFigures }),
  createdAt: z.string(),
})
export type Calibration = z.infer<typeof Calibration>

/** What a threshold is to reach. */
export const Goal = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sensitivity'), atLeast: share }),
  z.object({ kind: z.literal('specificity'), atLeast: share }),
  /** The largest sensitivity + specificity − 1 (Youden 1950). */
  z.object({ kind: z.literal('youden') }),
  /** The least cost a film, where a missed case and a false alarm cost this much. */
  z.object({
    kind: z.literal('cost'),
    missed: z.number().positive().max(1e6),
    falseAlarm: z.number().positive().max(1e6),
    /** Share of cases where the model will be used; undefined: as in the set. */
    prevalence: z.number().min(0).max(1).optional(),
  }),
  /** Set by hand. */
  z.object({ kind: z.literal('manual') }),
])
export type Goal = z.infer<typeof Goal>

/** A threshold that cannot travel alone: it holds for these weights, and was chosen on these films. */
export const OperatingPoint = z.object({
  goal: Goal,
  /** Of the raw score. */
  threshold: share,
  modelHash: sha256,
  on: JudgedSet,
  confusion: Confusion,
  createdAt: z.string(),
})
export type OperatingPoint = z.infer<typeof OperatingPoint>

export const ZoneName = z.enum(['below', 'uncertain', 'above'])
export type ZoneName = z.infer<typeof ZoneName>

const ZoneFigures = z.object({ films: z.int(), positives: z.int() })

/** Three zones from a stated risk: raw scores under `low` are below, from `high` on above. */
export const Zones = z.object({
  /** Share of all cases that may lie in the zone below. */
  missAtMost: share,
  /** Share of all healthy films that may lie in the zone above. */
  falseAlarmAtMost: share,
  low: z.number().min(0).max(2),
  high: z.number().min(0).max(2),
  modelHash: sha256,
  on: JudgedSet,
  below: ZoneFigures,
  uncertain: ZoneFigures,
  above: ZoneFigures,
  /** Share of cases in the zone below, and of healthy films in the zone above, on the set. */
  missed: share,
  missedCi95: Interval,
  falseAlarms: share,
  falseAlarmsCi95: Interval,
  createdAt: z.string(),
})
export type Zones = z.infer<typeof Zones>

/** The part of a manifest that a person decides after the training. */
export const Judgement = z.object({
  calibration: Calibration.optional(),
  operatingPoint: OperatingPoint.optional(),
  zones: Zones.optional(),
})
export type Judgement = z.infer<typeof Judgement>
