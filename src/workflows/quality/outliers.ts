/** Films in which the bundled model sees something else than in the rest of the data set. */
import { robustScores } from '../../shared/robustScores.ts'
import type { MeasuredImage } from '../../store/filmQuality.ts'
import type { Library } from '../library.ts'
import type { FilmFinding } from './filmFindings.ts'
import { inPieces } from './readMeasured.ts'

/** Fewer films say too little about their own spread. */
const LEAST_FILMS = 50
/** Robust deviations of the logarithm of the distance. */
const FAR = 4

/** By Mahalanobis's distance of pooled features from the data set's own middle. */
export async function outliers(
  { engine }: Library,
  measured: readonly MeasuredImage[],
  signal: AbortSignal,
): Promise<FilmFinding[]> {
  const seen = measured.flatMap(({ id, features }) => (features ? [{ id, features }] : []))
  if (seen.length < LEAST_FILMS) return []
  const { distances } = await engine.featureDistances(await packFeatures(seen, signal), { signal })
  const scores = robustScores(distances.map((distance) => Math.log(Math.max(distance, 1e-6))))
  return seen.flatMap(({ id }, at): FilmFinding[] => {
    if (scores[at]! <= FAR) return []
    const detail = `what the bundled model sees lies ${distances[at]!.toFixed(2)} from the data set’s middle, ${scores[at]!.toFixed(1)} robust deviations beyond the median`
    return [{ imageId: id, kind: 'outlier', severity: 'medium', detail, weight: scores[at]! }]
  })
}

/** Features of films one after the other, as the engine takes them. */
export async function packFeatures(
  films: readonly { readonly features: Float32Array }[],
  signal: AbortSignal,
) {
  const width = films[0]?.features.length ?? 0
  const features = new Float32Array(films.length * width)
  await inPieces(films.length, signal, (from, to) => {
    for (let at = from; at < to; at++) features.set(films[at]!.features, at * width)
  })
  return { width, features }
}
