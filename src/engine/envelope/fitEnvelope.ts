import type { Envelope } from '../../shared/domain/envelope.ts'
import { likeness, symmetry, unitLength, type FilmLook } from './look.ts'
import { distanceFrom, fitCloud } from './mahalanobis.ts'

/** An envelope with its numbers, as a package keeps it. */
export interface FittedEnvelope {
  readonly envelope: Envelope
  /** Mean, whitening, mean film; see `envelopeNumbers`. */
  readonly numbers: Float32Array
}

/** Fewer say too little about their own spread. */
const LEAST_FILMS = 20

/**
 * The envelope of training films, its limits from films that it was not fitted on where there are enough of them: one
 * film in a hundred like these is called far. Undefined for too few films, or a network without an image.
 */
export function fitEnvelope(
  train: readonly FilmLook[],
  validation: readonly FilmLook[],
  ages?: Envelope['ages'],
): FittedEnvelope | undefined {
  const features = train[0]?.features.length ?? 0
  if (train.length < LEAST_FILMS || features === 0) return undefined
  const { mean, whitening, shrinkage } = fitCloud(train.map((look) => look.features))
  const meanThumb = meanFilm(train)
  const held = validation.length >= LEAST_FILMS
  const checked = held ? validation : train
  const numbers = Float32Array.from([...mean, ...whitening, ...meanThumb])
  const distances = rising(checked.map((look) => distanceFrom({ mean, whitening }, look.features)))
  return {
    numbers,
    envelope: {
      films: train.length,
      checkedOn: { part: held ? 'validation' : 'train', films: checked.length },
      ...{ features, shrinkage },
      distances: Array.from({ length: 101 }, (_, percent) => percentile(distances, percent)),
      limits: {
        distance: Math.max(percentile(distances, 99), Number.MIN_VALUE),
        likeness: belowMost(checked.map(({ thumb }) => likeness(thumb, meanThumb))),
        symmetry: belowMost(checked.map(({ thumb }) => symmetry(thumb))),
      },
      colour: train.some(({ isColour }) => isColour),
      ...(ages && { ages }),
    },
  }
}

function meanFilm(looks: readonly FilmLook[]): Float32Array {
  const sum = new Float32Array(looks[0]!.thumb.length)
  for (const { thumb } of looks) thumb.forEach((value, at) => (sum[at]! += value))
  return unitLength(sum)
}

const rising = (values: readonly number[]) => [...values].sort((a, b) => a - b)

/** Between neighbours; `values` rise. */
function percentile(values: readonly number[], percent: number): number {
  const at = ((values.length - 1) * percent) / 100
  const low = Math.floor(at)
  const [a, b] = [values[low]!, values[Math.min(low + 1, values.length - 1)]!]
  return a + (b - a) * (at - low)
}

/** Films that are all alike must not make every other one a stranger. */
const MOST = 0.5

/** Below the lowest hundredth by half its way from the middle: for pictures of another kind, not for odd films. */
function belowMost(values: readonly number[]): number {
  const sorted = rising(values)
  const [low, middle] = [percentile(sorted, 1), percentile(sorted, 50)]
  return Math.min(MOST, Math.max(-2, low - (middle - low) / 2))
}
