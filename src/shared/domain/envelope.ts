/** The films that a model was made for, so that others are told apart from them. */
import { z } from 'zod'

/** Why a film may lie outside. Codes stand in tables that people keep, so a name once given stays. */
export const OutsideCode = z.enum([
  /** Not a chest film: another body part or kind of image, or a picture unlike any training film. */
  'NOT_CHEST',
  /** Taken from the side, or turned: the halves are not each other's mirror image. */
  'LATERAL',
  /** Black and white are exchanged. */
  'INVERTED',
  /** A photograph in colour. */
  'COLOUR',
  /** What the network sees in it is far from what it saw in the training films. */
  'FAR',
  /** The patient is younger or older than those of the training films. */
  'AGE',
])
export type OutsideCode = z.infer<typeof OutsideCode>

/** One reason, with the figures that speak for it. */
export const OutsideReason = z.object({ code: OutsideCode, detail: z.string() })
export type OutsideReason = z.infer<typeof OutsideReason>

/** Kinds of pictures that a film is told from: what was made of training films to fit that. The first is the films' own. */
export const View = z.enum([
  'usual',
  /** By 90° either way. */
  'turned',
  'upsideDown',
  'negative',
  /** Its left or right half. */
  'sideHalf',
  'lowerHalf',
  /** A smaller part. */
  'part',
  /** Its pixels in any order. */
  'disorder',
])
export type View = z.infer<typeof View>

/** Side of the small pictures by which films are compared as pictures. */
export const THUMB_SIDE = 32

/** The most pooled channels that are kept; neighbours are averaged where a network has more. */
export const MOST_FEATURES = 256

/** Years, both ends included. */
export const AgeRange = z
  .tuple([z.number().min(0).max(150), z.number().min(0).max(150)])
  .refine(([youngest, oldest]) => youngest <= oldest, 'the first age must not exceed the second')
export type AgeRange = z.infer<typeof AgeRange>

/** Fitted at the end of a training; its numbers lie in `envelope.bin`. */
export const Envelope = z.strictObject({
  /** Training films that it was fitted on, and films that its limits were taken from. */
  films: z.int().min(2),
  checkedOn: z.strictObject({ part: z.enum(['train', 'validation']), films: z.int().min(2) }),
  /** Channels of the last image before the network turns it into plain numbers, after averaging. */
  features: z.int().min(1).max(MOST_FEATURES),
  /** Of the covariance, as Ledoit and Wolf 2004 choose it. */
  shrinkage: z.number().min(0).max(1),
  /** Distances of the checked films at their percentiles 0 to 100. */
  distances: z.array(z.number().min(0)).length(101),
  /** Films that lie farther, or are less like the mean film or their own mirror image, are outside. */
  limits: z.strictObject({
    distance: z.number().positive(),
    likeness: z.number().min(-2).max(1),
    symmetry: z.number().min(-2).max(1),
  }),
  /** How pictures of other kinds are told; undefined in older packages, and where too few films were held out. */
  views: z
    .strictObject({
      kinds: z.array(View).min(2).max(View.options.length),
      /** Log-odds of `usual` against all others below which a film is of another kind. */
      limit: z.number().max(0),
    })
    .refine(({ kinds }) => kinds[0] === 'usual' && new Set(kinds).size === kinds.length, {
      message: 'the first kind is usual, and none stands twice',
    })
    .optional(),
  /** Colour films were among the training films. */
  colour: z.boolean(),
  ages: AgeRange.optional(),
})
export type Envelope = z.infer<typeof Envelope>

/** Numbers of an envelope: mean, factor of the inverse covariance (row by row), mean film, and a row for each kind of view. */
export const envelopeNumbers = ({ features, views }: Pick<Envelope, 'features' | 'views'>): number =>
  features + features * features + THUMB_SIDE * THUMB_SIDE + (views?.kinds.length ?? 0) * (features + 1) // prettier-ignore
