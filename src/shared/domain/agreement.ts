/** How a reader and a model agree on the films of the worklist. */
import { z } from 'zod'
import { Verdict } from './review.ts'

/** A figure with the ends of its 95 % interval. */
export const WithInterval = z.object({ value: z.number(), low: z.number(), high: z.number() })
export type WithInterval = z.infer<typeof WithInterval>

/** Films by what the reader and what the model said of them. */
export const AgreementTable = z.object({
  bothPneumonia: z.int(),
  readerAlone: z.int(),
  modelAlone: z.int(),
  bothNormal: z.int(),
})
export type AgreementTable = z.infer<typeof AgreementTable>

export const AgreementFigures = z.object({
  table: AgreementTable,
  films: z.int(),
  /** Share of films on which both say the same; undefined without films. Interval: Wilson's. */
  agreement: WithInterval.optional(),
  /**
   * Cohen's kappa; undefined where chance alone would agree on everything. Interval: Fleiss, Cohen and Everitt 1969,
   * cut at −1 and 1.
   */
  kappa: WithInterval.optional(),
})
export type AgreementFigures = z.infer<typeof AgreementFigures>

/** A film on which the reader said something else once the score was known. */
export const ChangedMind = z.object({
  imageId: z.string(),
  fileName: z.string(),
  before: Verdict,
  after: Verdict,
  /** ISO 8601. */
  beforeAt: z.string(),
  afterAt: z.string(),
  /** The model's score for pneumonia; undefined where it has none now. */
  score: z.number().optional(),
  /** Whether the change was towards what the model says. */
  towardsModel: z.boolean(),
})
export type ChangedMind = z.infer<typeof ChangedMind>

export const Agreement = z.object({
  modelName: z.string(),
  threshold: z.number().optional(),
  /** By the verdicts that stand. */
  standing: AgreementFigures,
  /** By the first verdicts that were given before the score was known. */
  blind: AgreementFigures,
  /** Films that are left out of the standing figures, and why. */
  leftOut: z.object({
    unread: z.int(),
    unsure: z.int(),
    badQuality: z.int(),
    unscored: z.int(),
  }),
  changed: z.array(ChangedMind),
  /** From the film on the screen to its first verdict. */
  time: z.object({ films: z.int(), medianSeconds: z.number(), meanSeconds: z.number() }).optional(),
})
export type Agreement = z.infer<typeof Agreement>
