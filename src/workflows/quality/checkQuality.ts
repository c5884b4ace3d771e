/** Looks through a data set for what would harm a training: measures what was not measured yet, then compares. */
import type { FindingKind } from '../../shared/domain/findingKind.ts'
import type { CheckSummary, Quality } from '../../shared/domain/quality.ts'
import { throwIfCancelled } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { knownPatient } from '../../shared/knownPatient.ts'
import type { MeasuredImage } from '../../store/filmQuality.ts'
import type { NewCheck, NewFinding } from '../../store/qualityCheck.ts'
import { isBundled } from '../bundledId.ts'
import type { Library } from '../library.ts'
import { modelFolder } from '../modelPackages.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'
import { ALIKE_BITS, duplicates, nearDuplicates, samePatient, type PlacedFilm } from './copies.ts'
import { filmJudge, type FilmFinding } from './filmFindings.ts'
import { outliers } from './outliers.ts'
import { inPieces, readMeasured, unmeasuredFilms } from './readMeasured.ts'
import { suspiciousLabels } from './suspiciousLabels.ts'

export interface CheckProgress {
  readonly step: 'measuring' | 'comparing' | 'labels' | 'keeping'
  readonly done: number
  readonly total: number
}

/** Facts of another version are measured again. */
const version = (modelId: string | undefined) => `1 ${modelId ?? 'no model'}`

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
  const films = await readMeasured(library, datasetId, job.signal)
  const compared = await compare(library, films, job)
  const labels = await suspiciousLabels(library, { datasetId, films }, job)
  const summary: CheckSummary = {
    films: films.length,
    known: films.length - total,
    unreadable: compared.filter(({ kind }) => kind === 'unreadable').length,
    ...(!model && { withoutFeatures: 'the bundled model is not in the library' }),
    ...labels.summary,
  }
  await keep(library, { datasetId, summary, findings: [...compared, ...labels.findings] }, job)
  return qualityOf(library, datasetId)!
}

/** A piece at a time. Once the new findings count, all films are told, whatever is asked meanwhile. */
async function keep(
  { store }: Library,
  { datasetId, ...found }: Pick<NewCheck, 'datasetId' | 'summary' | 'findings'>,
  { signal, report }: Job<CheckProgress>,
): Promise<void> {
  const checkedAt = new Date().toISOString()
  const end = store.images.end(datasetId)
  for (const piece of store.checks.replace({ datasetId, checkedAt, end, ...found })) {
    if (!piece.counts) throwIfCancelled(signal)
    report({ step: 'keeping', done: piece.done, total: piece.total })
    await turnOfTheLoop()
  }
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
  const order = { datasetId, version: version(modelId) }
  const unmeasured = await unmeasuredFilms(library, order, signal)
  const byPath = new Map(unmeasured.map(({ id, path }) => [path, id]))
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
            store.filmQuality.keep(byPath.get(path)!, order.version, found)
          }
        })
        report({ step: 'measuring', done, total })
      },
    },
  )
  return byPath.size
}

async function compare(
  library: Library,
  films: readonly MeasuredImage[],
  job: Job<CheckProgress>,
): Promise<NewFinding[]> {
  const { hashed, pairs } = await alike(library, films, job)
  await turnOfTheLoop()
  const copies = duplicates(films.map(placedFilm))
  await turnOfTheLoop()
  const near = [...nearDuplicates(hashed, pairs), ...samePatient(hashed, pairs)]
  const single = await inOrder([
    ...unreadable(films),
    ...(await ofSingleFilms(films, job.signal)),
    ...(await outliers(library, films, job.signal)),
  ])
  return [...copies, ...near, ...single]
}

const placedFilm = (film: MeasuredImage): PlacedFilm => {
  const { id, pixelHash, className, part } = film
  return { imageId: id, pixelHash, patient: knownPatient(film), className, part }
}

async function ofSingleFilms(
  films: readonly MeasuredImage[],
  signal: AbortSignal,
): Promise<FilmFinding[]> {
  const judged = films.flatMap(({ id, facts, turned }) =>
    facts ? [{ imageId: id, facts, turned }] : [],
  )
  const findings: FilmFinding[] = []
  const judge = await filmJudge(judged)
  await inPieces(judged.length, signal, (from, to) => {
    for (let at = from; at < to; at++) findings.push(...judge(at))
  })
  return findings
}

/** Pairs of films that are alike; of films with the same pixels only the first is among them. */
async function alike(
  { engine }: Library,
  films: readonly MeasuredImage[],
  { signal, report }: Job<CheckProgress>,
) {
  const seen = new Set<string>()
  const hashed: PlacedFilm[] = []
  const hashes: string[] = []
  await inPieces(films.length, signal, (from, to) => {
    for (const film of films.slice(from, to)) {
      const hash = film.facts?.hash
      if (hash === undefined || seen.has(film.pixelHash)) continue
      seen.add(film.pixelHash)
      hashed.push(placedFilm(film))
      hashes.push(hash)
    }
  })
  const { pairs } = await engine.alikeFilms(
    { hashes, limit: ALIKE_BITS },
    { signal, onProgress: (at) => report({ step: 'comparing', ...at }) },
  )
  return { hashed, pairs }
}

const unreadable = (films: readonly MeasuredImage[]): FilmFinding[] =>
  films.flatMap(({ id, refused }) =>
    refused === undefined
      ? []
      : [{ imageId: id, kind: 'unreadable', severity: 'high', detail: refused, weight: 0 }],
  )

/** The most pressing of a kind first, a kind at a time. */
async function inOrder(findings: readonly FilmFinding[]): Promise<NewFinding[]> {
  const kinds = new Map<FindingKind, FilmFinding[]>()
  for (const finding of findings) {
    const same = kinds.get(finding.kind)
    if (same) same.push(finding)
    else kinds.set(finding.kind, [finding])
  }
  const ordered: NewFinding[] = []
  for (const same of kinds.values()) {
    await turnOfTheLoop()
    for (const { imageId, kind, severity, detail } of same.sort((a, b) => b.weight - a.weight))
      ordered.push({ kind, severity, detail, imageIds: [imageId] })
  }
  return ordered
}
