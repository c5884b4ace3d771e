import { randomStream } from '../data/random.ts'
import { shuffled } from '../data/shuffle.ts'
import { distanceOf, fitCloud, whitened } from '../envelope/mahalanobis.ts'
import { rowsOf } from '../predict/rows.ts'

/** More move no figure. */
const FITTED_ON = 1024

export interface PackedFeatures {
  /** Of one film. */
  readonly width: number
  /** [films, width]. */
  readonly features: Float32Array
}

export const unpackFeatures = ({ width, features }: PackedFeatures): Float32Array[] =>
  rowsOf(features, features.length / width)

/** How far each film's features lie from the middle of all, about 1 for a usual one (see `mahalanobis.ts`). */
export function featureDistances(packed: PackedFeatures): number[] {
  const films = unpackFeatures(packed)
  const cloud = fitCloud(shuffled(films, randomStream(1, 'outliers')).slice(0, FITTED_ON))
  return films.map((features) => distanceOf(whitened(cloud, features)))
}
