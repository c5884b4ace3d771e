/** Labels that predictions speak against, which other patients' films alone have taught. */
import type { CheckSummary } from '../../shared/domain/quality.ts'
import type { MeasuredImage } from '../../store/filmQuality.ts'
import type { NewFinding } from '../../store/qualityCheck.ts'
import type { Library } from '../library.ts'
import type { CheckProgress } from './checkQuality.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { packFeatures } from './outliers.ts'
import { inPieces } from './readMeasured.ts'

const FOLDS = 5
/** Of each class; fewer make folds that say nothing. */
const LEAST_FILMS = 20

interface LabelOrder {
  readonly datasetId: string
  readonly films: readonly MeasuredImage[]
}

interface CheckedLabels {
  readonly summary: Pick<CheckSummary, 'labels' | 'withoutLabels'>
  readonly findings: NewFinding[]
}

/** Excluded films take no part. Without labels enough it says why and finds nothing. */
export async function suspiciousLabels(
  { store, engine }: Library,
  { datasetId, films: all }: LabelOrder,
  { signal, report }: Job<CheckProgress>,
): Promise<CheckedLabels> {
  const { classes } = store.datasets.get(datasetId)
  const films = all.flatMap((image) => {
    const label = image.className === undefined ? -1 : classes.indexOf(image.className)
    const { features } = image
    return features && label >= 0 && !image.excluded ? [{ image, label, features }] : []
  })
  const withoutLabels = whyNot(classes, films)
  if (withoutLabels !== undefined) return { summary: { withoutLabels }, findings: [] }
  const packed = await packFeatures(films, signal)
  const patients = await groupsOf(films, signal)
  const { suspects, agreement } = await engine.suspectLabels(
    {
      ...packed,
      ...{ labels: films.map(({ label }) => label), patients },
      ...{ classes: classes.length, folds: FOLDS, seed: 1 },
    },
    { signal, onProgress: (at) => report({ step: 'labels', ...at }) },
  )
  const findings: NewFinding[] = []
  await inPieces(suspects.length, signal, (from, to) => {
    for (const { film, predicted, own, other } of suspects.slice(from, to)) {
      const { id, className } = films[film]!.image
      findings.push({
        kind: 'label',
        severity: other - own > 0.8 ? 'high' : 'medium',
        detail: `films of other patients speak for ${classes[predicted]!} (${other.toFixed(3)}) against ${className!} (${own.toFixed(3)})`,
        suggested: classes[predicted]!,
        imageIds: [id],
      })
    }
  })
  return { summary: { labels: { films: films.length, folds: FOLDS, agreement } }, findings }
}

function whyNot(
  classes: readonly string[],
  films: readonly { readonly label: number }[],
): string | undefined {
  if (classes.length < 2) return 'the data set has fewer than two classes'
  const few = classes.filter(
    (_, label) => films.filter((film) => film.label === label).length < LEAST_FILMS,
  )
  if (few.length === 0) return undefined
  return `fewer than ${LEAST_FILMS} measured films of ${few.join(', ')}`
}

/** One number for films that must not be apart: those of a patient, and those with the same pixels. */
async function groupsOf(
  films: readonly { readonly image: MeasuredImage }[],
  signal: AbortSignal,
): Promise<number[]> {
  const groups: number[] = []
  const places = new Map<string, number>()
  const rootOf = (place: number): number => {
    let at = place
    while (groups[at] !== at) at = groups[at] = groups[groups[at]!]!
    return at
  }
  const join = (at: number, key: string) => {
    const known = places.get(key)
    if (known === undefined) places.set(key, at)
    else groups[rootOf(at)] = rootOf(known)
  }
  await inPieces(films.length, signal, (from, to) => {
    for (let at = from; at < to; at++) {
      const { patient, pixelHash } = films[at]!.image
      groups[at] = at
      join(at, `patient ${patient}`)
      join(at, `pixels ${pixelHash}`)
    }
  })
  return films.map((_, at) => rootOf(at))
}
