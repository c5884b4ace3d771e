/** Figures of a model on labelled films. «Unknown» is undefined, never 0 or NaN. */
import { z } from 'zod'

const share = z.number().min(0).max(1)

/** A 95 % interval of a figure from 0 to 1. */
export const Interval = z.tuple([share, share])
export type Interval = z.infer<typeof Interval>

/** Counts at one threshold; «positive» is the last class of two. */
export const Confusion = z.object({
  truePositives: z.int(),
  falsePositives: z.int(),
  trueNegatives: z.int(),
  falseNegatives: z.int(),
})
export type Confusion = z.infer<typeof Confusion>

/** One class against all others. */
export const ClassFigures = z.object({
  /** Films that are of it. */
  films: z.int(),
  /** Share of its films that were called so. */
  recall: share.optional(),
  /** Share of the films called so that are. */
  precision: share.optional(),
  f1: share.optional(),
  /** Area under the ROC curve of its probability against all other classes. */
  auc: share.optional(),
  recallCi95: Interval.optional(),
  precisionCi95: Interval.optional(),
})
export type ClassFigures = z.infer<typeof ClassFigures>

export const Evaluation = z.object({
  n: z.int(),
  /** Mean cross-entropy. */
  loss: z.number(),
  accuracy: share,
  /** Intervals of shares are Wilson's. */
  accuracyCi95: Interval.optional(),
  /** What naming the commonest class of these films reaches. */
  majorityAccuracy: share.optional(),
  /** Mean of the classes' recalls. */
  balancedAccuracy: share.optional(),
  /** Matthews' correlation coefficient, −1 to 1; of several classes Gorodkin's. */
  mcc: z.number().min(-1).max(1).optional(),
  /** Rows are true classes, columns predicted ones. */
  matrix: z.array(z.array(z.int())),
  /** In the order of the classes. */
  perClass: z.array(ClassFigures).optional(),
  /** Plain means over the classes that have the figure. */
  macro: z
    .object({
      recall: share.optional(),
      precision: share.optional(),
      f1: share.optional(),
      auc: share.optional(),
    })
    .optional(),
  /** The figures below are defined for two classes only. */
  threshold: share.optional(),
  confusion: Confusion.optional(),
  auc: share.optional(),
  /** DeLong 95 % interval. */
  aucCi95: Interval.optional(),
  /** From draws of whole patients, where patients are known. */
  aucBootstrapCi95: Interval.optional(),
  /** Area under the precision–recall curve, by steps. */
  averagePrecision: share.optional(),
  averagePrecisionCi95: Interval.optional(),
  sensitivity: share.optional(),
  sensitivityCi95: Interval.optional(),
  specificity: share.optional(),
  specificityCi95: Interval.optional(),
  ppv: share.optional(),
  ppvCi95: Interval.optional(),
  npv: share.optional(),
  npvCi95: Interval.optional(),
  f1: share.optional(),
  brier: share.optional(),
  brierCi95: Interval.optional(),
  /** Expected calibration error, equal-mass bins. */
  ece: share.optional(),
})
export type Evaluation = z.infer<typeof Evaluation>
