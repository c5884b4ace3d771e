import { z } from 'zod'

/** Kinds of findings. Names stand in the library and in tables that people keep, so one once given stays. */
export const FindingKind = z.enum([
  /** Films with the same pixels. */
  'duplicate',
  /** Nearly the same picture: saved again, resized, brightened. */
  'near-duplicate',
  /** Films of one patient that are alike without being copies. */
  'same-patient',
  /** The class that a film stands in is one that other films speak against. */
  'label',
  /** Its file could not be read when it was looked at. */
  'unreadable',
  'not-chest',
  'lateral',
  'inverted',
  'colour',
  /** Writing burned into the pixels, which may name the patient. */
  'text',
  'blurred',
  'low-contrast',
  'clipped',
  'border',
  /** Much of the film was not exposed. */
  'collimated',
  /** So small, or of such a shape, that it stands out. */
  'size',
  /** What the bundled model sees in it is far from what it sees in the other films. */
  'outlier',
])
export type FindingKind = z.infer<typeof FindingKind>
