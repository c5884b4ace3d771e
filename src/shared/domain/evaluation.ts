/** Figures of a model on labelled films. «Unknown» is undefined, never 0 or NaN. */
import { z } from 'zod'

const share = z.number().min(0).max(1)

/** Counts at one threshold; «positive» is the last class of two. */
export const Confusion = z.object({
  truePositives: z.int(),
  falsePositives: z.int(),
  trueNegatives: z.int(),
  falseNegatives: z.int(),
})
export type Confusion = z.infer<typeof Confusion>

export const Evaluation = z.object({
  n: z.int(),
  /** Mean cross-entropy. */
  loss: z.number(),
  accuracy: share,
  /** Rows are true classes, columns predicted ones. */
  matrix: z.array(z.array(z.int())),
  /** The figures below are defined for two classes only. */
  threshold: share.optional(),
  confusion: Confusion.optional(),
  auc: share.optional(),
  /** DeLong 95 % interval. */
  aucCi95: z.tuple([share, share]).optional(),
  sensitivity: share.optional(),
  specificity: share.optional(),
  ppv: share.optional(),
  npv: share.optional(),
  f1: share.optional(),
  brier: share.optional(),
  /** Expected calibration error, equal-mass bins. */
  ece: share.optional(),
})
export type Evaluation = z.infer<typeof Evaluation>
