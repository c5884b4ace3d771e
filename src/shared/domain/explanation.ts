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

export const ExplainOrder = z.object({
  modelFolder: z.string(),
  path: z.string(),
  method: ExplanationMethod,
  /** For Grad-CAM: any layer that gives an image; the last convolution when left out. */
  layer: z.string().optional(),
  /** The class explained; the one that the model names when left out. */
  target: z.int().min(0).optional(),
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
