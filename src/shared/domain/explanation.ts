/** Why a film has its score, as a map over it. */
import { z } from 'zod'

export const ExplanationMethod = z.enum([
  'grad-cam',
  'grad-cam++',
  'integrated-gradients',
  'smoothgrad',
  'occlusion',
])
export type ExplanationMethod = z.infer<typeof ExplanationMethod>

export const MapChoice = z.object({
  method: ExplanationMethod,
  /** For Grad-CAM: any layer that gives an image; the last convolution when left out. */
  layer: z.string().max(200).optional(),
  /** The class explained; the one that the model names when left out. */
  target: z.int().min(0).optional(),
})
export type MapChoice = z.infer<typeof MapChoice>

export const ExplainOrder = MapChoice.extend({
  modelFolder: z.string(),
  path: z.string(),
  /** A person says that the film's file tells black from white wrong. */
  turned: z.boolean().optional(),
})
export type ExplainOrder = z.infer<typeof ExplainOrder>

export const Explanation = z.object({
  method: ExplanationMethod,
  target: z.int(),
  layer: z.string().optional(),
  /** One a class, of the film as it is. */
  probabilities: z.array(z.number()),
  /** The map at the network's input size, row by row; 255 is its own largest value. */
  rows: z.int(),
  columns: z.int(),
  values: z.instanceof(Uint8Array),
})
export type Explanation = z.infer<typeof Explanation>

/** One test of a map: `value` is to reach `least`. */
export const TrustTest = z.object({ value: z.number(), least: z.number(), holds: z.boolean() })
export type TrustTest = z.infer<typeof TrustTest>

/** Whether a map deserves to be believed. */
export const MapTrust = z.object({
  level: z.enum(['high', 'fair', 'low']),
  /** Spearman's correlation with the maps of the film moved by four pixels. */
  stability: TrustTest,
  /** The same with a tenth of what each layer receives left out; null where there is nothing to leave out. */
  agreement: TrustTest.nullable(),
  /** Share of orders of chance in which the score falls later than in the map's own order. */
  deletion: TrustTest.extend({
    /** Mean probability while the hottest parts go first, and while parts go by chance. */
    area: z.number(),
    chance: z.number(),
  }),
})
export type MapTrust = z.infer<typeof MapTrust>
