/** How pixels become network input; part of every model package, so that a film is always scored as it was trained. */
import { z } from 'zod'

/** By channel: one where all channels are treated alike, or three. On the scale of stored pixels, 0–255. */
const byChannel = z.array(z.number().min(0).max(255)).min(1).max(3).readonly()

/** What needs more than the film's own pixel, since version 2. */
const ComputedScale = z.discriminatedUnion('kind', [
  /** Divided by the Euclidean length along an axis; `height` is `keras.utils.normalize(films, axis=1)`. */
  z.object({ kind: z.literal('l2'), axis: z.enum(['height', 'width']).default('height') }),
  /** Each film less its mean, over its deviation, as `tf.image.per_image_standardization`. */
  z.object({ kind: z.literal('standardise') }),
  /** Less the mean of the training films, over their deviation; measured before the first epoch. */
  z.object({
    kind: z.literal('dataset'),
    measured: z.object({ mean: byChannel, deviation: byChannel }).optional(),
  }),
  /** By mean and deviation of the film's middle, see `graph/scale.ts`: borders and exposure count little. */
  z.object({ kind: z.literal('centre') }),
])

/** `unit` is x / 255; `none` leaves 0–255. */
export type Scale = 'unit' | 'none' | z.output<typeof ComputedScale>

/** How a film reaches the input size: bilinear with half-pixel centres, no antialiasing (as Keras). */
const resize = z.literal('bilinear')
/** Or `area`, the mean of what each pixel covers, which depends less on the resolution that a film was saved with. */
const eitherResize = z.enum(['bilinear', 'area'])

/**
 * What greys are made of a DICOM film's real values by: the file's first window or table (when left out), or the film's
 * own percentiles 1 to 99.
 */
const window = z.enum(['file', 'percentile']).optional()

export const Preprocessing = z.discriminatedUnion('version', [
  z.object({ version: z.literal(1), resize, scale: z.enum(['unit', 'none']), window }),
  z.object({ version: z.literal(2), resize: eitherResize, scale: ComputedScale, window }),
])
export type Preprocessing = z.output<typeof Preprocessing>

/** As a person names it. */
export const ScaleName = z.enum([
  'none',
  'unit',
  'l2',
  'l2-width',
  'standardise',
  'dataset',
  'centre',
])
export type ScaleName = z.infer<typeof ScaleName>

const computed = (scale: z.output<typeof ComputedScale>): Preprocessing => ({
  version: 2,
  resize: 'bilinear',
  scale,
})

/** In the oldest version that knows it, so that older programs read what they can. */
export function preprocessingNamed(name: ScaleName): Preprocessing {
  switch (name) {
    case 'none':
    case 'unit':
      return { version: 1, resize: 'bilinear', scale: name }
    case 'l2':
      return computed({ kind: 'l2', axis: 'height' })
    case 'l2-width':
      return computed({ kind: 'l2', axis: 'width' })
    case 'standardise':
    case 'dataset':
    case 'centre':
      return computed({ kind: name })
  }
}

/** The name under which a person asked for it. */
export function nameOfScale({ scale }: Preprocessing): ScaleName {
  if (typeof scale === 'string') return scale
  if (scale.kind !== 'l2') return scale.kind
  return scale.axis === 'height' ? 'l2' : 'l2-width'
}

export const scaleWords: Readonly<Record<ScaleName, string>> = {
  none: 'unchanged, 0–255',
  unit: 'divided by 255',
  l2: 'each column divided by its length (L2)',
  'l2-width': 'each row divided by its length (L2)',
  standardise: 'each film less its mean, over its deviation',
  dataset: 'less the mean of the training films, over their deviation',
  centre: 'by mean and deviation of the middle of each film',
}
