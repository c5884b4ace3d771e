/** Labels that predictions speak against, which other patients' films alone have taught. */
import type { CheckSummary } from '../../shared/domain/quality.ts'
import type { MeasuredImage } from '../../store/filmQuality.ts'
import type { NewFinding } from '../../store/qualityCheck.ts'
import type { Library } from '../library.ts'
import type { CheckProgress } from './checkQuality.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { packFeatures } from './outliers.ts'

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
  const { suspects, agreement } = await engine.suspectLabels(
    {
      ...packFeatures(films),
      labels: films.map(({ label }) => label),
      patients: groupsOf(films.map(({ image }) => image)),
      ...{ classes: classes.length, folds: FOLDS, seed: 1 },
    },
    { signal, onProgress: (at) => report({ step: 'labels', ...at }) },
  )
  return {
    summary: { labels: { films: films.length, folds: FOLDS, agreement } },
    findings: suspects.map(({ film, predicted, own, other }) => ({
      kind: 'label',
      severity: other - own > 0.8 ? 'high' : 'medium',
      detail: `films of other patients speak for ${classes[predicted]!} (${other.toFixed(3)}) against ${films[film]!.image.className!} (${own.toFixed(3)})`,
      suggested: classes[predicted]!,
      imageIds: [films[film]!.image.id],
    })),
  }
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
function groupsOf(images: readonly MeasuredImage[]): number[] {
  const groups: number[] = []
  const places = new Map<string, number>()
  const rootOf = (place: number): number => {
    let at = place
    while (groups[at] !== at) at = groups[at] = groups[groups[at]!]!
    return at
  }
  images.forEach(({ patient, pixelHash }, at) => {
    groups[at] = at
    for (const key of [`patient ${patient}`, `pixels ${pixelHash}`]) {
      const known = places.get(key)
      if (known === undefined) places.set(key, at)
      else groups[rootOf(at)] = rootOf(known)
    }
  })
  return images.map((_, at) => rootOf(at))
}
