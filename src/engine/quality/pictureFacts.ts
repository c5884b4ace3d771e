/** What a film's pixels say of its quality, without any model. */
import type { QualityFacts } from '../../shared/domain/quality.ts'
import { toEightBits, usedBits } from '../images/eightBits.ts'
import type { Raster } from '../images/raster.ts'
import { edgesOf } from './edges.ts'
import { sharpnessOf, spreadOf } from './greys.ts'
import { lettersIn } from './lettering.ts'
import { perceptualHash } from './perceptualHash.ts'
import { atMost } from './plane.ts'

/** Longest sides at which letters are looked for, and at which edges and sharpness are measured. */
const [LETTERS_SIDE, SIDE] = [768, 512]

export type PictureFacts = Omit<QualityFacts, 'polarity' | 'outside'>

/** A dozen milliseconds for a film of one megapixel. */
export function pictureFacts(raster: Raster): PictureFacts {
  const { rows, columns, bitsStored } = raster
  const whole = { rows, columns, pixels: toEightBits(raster, 1) }
  const medium = atMost(whole, LETTERS_SIDE)
  const small = atMost(medium, SIDE)
  const { borders, exposed } = edgesOf(small)
  return {
    ...{ rows, columns, bitsStored, bitsUsed: usedBits(raster) },
    ...spreadOf(whole, exposed),
    ...{ borders, exposed },
    sharpness: sharpnessOf(small, exposed),
    letters: lettersIn(medium),
    hash: perceptualHash(small.pixels, small),
  }
}
