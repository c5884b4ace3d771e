/** Looks through a data set for what would harm a training: measures what was not measured yet, then compares. */
import type { CheckSummary, Quality } from '../../shared/domain/quality.ts'
import { throwIfCancelled } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import type { StoredImage } from '../../store/image.ts'
import type { MeasuredImage, NewFinding } from '../../store/quality.ts'
import { isBundled } from '../bundledId.ts'
import type { Library } from '../library.ts'
import { modelFolder } from '../modelPackages.ts'
import { ALIKE_BITS, duplicates, nearDuplicates, samePatient, type PlacedFilm } from './copies.ts'
import { filmFindings, type FilmFinding } from './filmFindings.ts'
import { suspiciousLabels } from './suspiciousLabels.ts'
import { outliers } from './outliers.ts'

export interface CheckProgress {
  readonly step: 'measuring' | 'comparing' | 'labels'
  readonly done: number
  readonly total: number
}

/** Facts of another version are measured again. */
const version = (modelId: string | undefined) => `1 ${modelId ?? 'no model'}`
/** Rows that are read at once, so that this process answers in between. */
const rowsAtOnce = 500

/**
 * Checks a data set and keeps what it found in the place of an earlier check. What is measured is kept as it comes, by
 * film content, so that a cancelled check goes on where it stood. Throws NOT_FOUND, CANCELLED, and what the engine throws.
 */
export async function checkQuality(
  library: Library,
  datasetId: string,
  job: Job<CheckProgress>,
): Promise<Quality> {
  const { store } = library
  store.datasets.get(datasetId)
  const model = store.models.all().find(isBundled)
  const total = await measure(library, { datasetId, modelId: model?.id }, job)
  const { images, measured } = await readBack(library, datasetId, job.signal)
  const compared = await compare(library, images, measured, job)
  const labels = await suspiciousLabels(library, { datasetId, images, measured }, job)
  const summary: CheckSummary = {
    films: images.length,
    known: images.length - total,
    unreadable: compared.filter(({ kind }) => kind === 'unreadable').length,
    ...(!model && { withoutFeatures: 'the bundled model is not in the library' }),
    ...labels.summary,
  }
  const checkedAt = new Date().toISOString()
  store.quality.replace(datasetId, checkedAt, summary, [...compared, ...labels.findings])
  return qualityOf(library, datasetId)!
}

/** What the last check found; undefined before the first. Throws NOT_FOUND. */
export function qualityOf(
  { store }: Pick<Library, 'store'>,
  datasetId: string,
): Quality | undefined {
  const { excluded = 0 } = store.datasets.get(datasetId)
  const check = store.quality.check(datasetId)
  return check && { ...check, kinds: store.quality.counts(datasetId), excluded }
}

/** Answers how many had to be measured. */
async function measure(
  library: Library,
  { datasetId, modelId }: { readonly datasetId: string; readonly modelId: string | undefined },
  { signal, report }: Job<CheckProgress>,
): Promise<number> {
  const { store, engine } = library
  const ids = store.quality.unmeasured(datasetId, version(modelId))
  const byPath = new Map(ids.map((id) => [store.images.get(id).path, id]))
  if (byPath.size === 0) return 0
  await engine.measureFilms(
    {
      paths: [...byPath.keys()],
      ...(modelId !== undefined && { modelFolder: modelFolder(library, modelId) }),
    },
    {
      signal,
      onProgress: ({ done, total, films }) => {
        store.transaction(() => {
          for (const film of films) {
            const path = film.kind === 'measured' ? film.path : film.refusal.path
            const found =
              film.kind === 'measured'
                ? { facts: film.facts, features: film.features }
                : { refused: film.refusal.reason }
            store.quality.keep(byPath.get(path)!, version(modelId), found)
          }
        })
        report({ step: 'measuring', done, total })
      },
    },
  )
  return byPath.size
}

/** Films of a data set with what was measured of them, in the same order. */
interface MeasuredSet {
  readonly images: readonly StoredImage[]
  readonly measured: readonly MeasuredImage[]
}

async function readBack(
  { store }: Library,
  datasetId: string,
  signal: AbortSignal,
): Promise<MeasuredSet> {
  const images = store.images.ofDataset(datasetId)
  const measured: MeasuredImage[] = []
  for (let from = 0; from < images.length; from += rowsAtOnce) {
    throwIfCancelled(signal)
    measured.push(...store.quality.measured(datasetId, from, rowsAtOnce))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { images, measured }
}

async function compare(
  library: Library,
  images: readonly StoredImage[],
  measured: readonly MeasuredImage[],
  job: Job<CheckProgress>,
): Promise<NewFinding[]> {
  const placed = images.map(placedFilm)
  const judged = measured.flatMap(({ id, facts }) =>
    facts ? [{ imageId: id, facts, turned: library.store.marks.isTurned(id) }] : [],
  )
  const { films, pairs } = await alike(library, placed, measured, job)
  return [
    ...duplicates(placed),
    ...nearDuplicates(films, pairs),
    ...samePatient(films, pairs),
    ...inOrder([
      ...unreadable(measured),
      ...filmFindings(judged),
      ...(await outliers(library, measured, job.signal)),
    ]),
  ]
}

const placedFilm = ({ id, pixelHash, patient, className, part }: StoredImage): PlacedFilm => ({
  ...{ imageId: id, pixelHash, patient, className, part },
})

/** Pairs of films that are alike; of films with the same pixels only the first is among them. */
async function alike(
  { engine }: Library,
  placed: readonly PlacedFilm[],
  measured: readonly MeasuredImage[],
  { signal, report }: Job<CheckProgress>,
) {
  const seen = new Set<string>()
  const hashed = placed.flatMap((film, at) => {
    const hash = measured[at]?.facts?.hash
    if (hash === undefined || seen.has(film.pixelHash)) return []
    seen.add(film.pixelHash)
    return [{ film, hash }]
  })
  const { pairs } = await engine.alikeFilms(
    { hashes: hashed.map(({ hash }) => hash), limit: ALIKE_BITS },
    { signal, onProgress: (at) => report({ step: 'comparing', ...at }) },
  )
  return { films: hashed.map(({ film }) => film), pairs }
}

const unreadable = (measured: readonly MeasuredImage[]): FilmFinding[] =>
  measured.flatMap(({ id, refused }) =>
    refused === undefined
      ? []
      : [{ imageId: id, kind: 'unreadable', severity: 'high', detail: refused, weight: 0 }],
  )

const inOrder = (findings: readonly FilmFinding[]): NewFinding[] =>
  [...findings]
    .sort((a, b) => b.weight - a.weight)
    .map(({ imageId, kind, severity, detail }) => ({
      ...{ kind, severity, detail },
      imageIds: [imageId],
    }))
