/** Whether pixels look as if letters were burned into them: a suspicion for a person, never a proof of their absence. */
import { AppError, isCancelled } from '../../../../shared/errors.ts'
import { lettersIn } from '../../../quality/lettering.ts'
import { atMost } from '../../../quality/plane.ts'
import { toEightBits } from '../../eightBits.ts'
import { decodeDicom } from '../dicomRaster.ts'

/** Longest sides at which letters are looked for: what is large on the film's own pixels is small on the first. */
const SIDES = [768, 1536, 3072]
/** Signs on one line; a side marker has one or two, a name at least as many as this. */
const WRITING = 3

/**
 * Why a person has to look at a film's pixels; empty where nothing like writing is seen. The first frame is looked at, as it is shown.
 * A film that cannot be unpacked is a reason too.
 */
export async function writingInPixels(bytes: Uint8Array): Promise<string[]> {
  try {
    const raster = await decodeDicom(bytes, 'file')
    const { rows, columns, frames } = raster
    const whole = { rows, columns, pixels: toEightBits(raster, 1) }
    const planes = new Set(SIDES.map((side) => atMost(whole, side)))
    const signs = Math.max(...[...planes].map(lettersIn))
    const reasons = [
      signs >= WRITING && `${signs} signs on one line of its pixels look like writing`,
      frames > 1 && 'it has several frames, of which the first alone was looked at',
    ]
    return reasons.filter((reason): reason is string => reason !== false)
  } catch (cause) {
    if (!(cause instanceof AppError) || isCancelled(cause)) throw cause
    return ['its pixels could not be unpacked to look for letters']
  }
}
