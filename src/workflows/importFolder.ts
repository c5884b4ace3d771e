import { basename } from 'node:path'
import type { FilmReading } from '../shared/contracts/engineAreas/films.ts'
import type { Dataset, PerPatient } from '../shared/domain/dataset.ts'
import type { FolderSurvey, Refusal, SurveyedFilm } from '../shared/domain/film.ts'
import type { LabelOrder } from '../shared/domain/labelTable.ts'
import { AppError, throwIfCancelled } from '../shared/errors.ts'
import type { Job } from '../shared/rpc/contract.ts'
import type { StoredDataset } from '../store/dataset.ts'
import { newId } from '../store/newId.ts'
import { classCounts } from './describeSurvey.ts'
import { filmsStillThere, halfOf } from './halfImports.ts'
import type { Library } from './library.ts'
import { turnOfTheLoop } from '../files/turnOfTheLoop.ts'
import { unpackedPaths } from './unpackedArchives.ts'

export type ImportProgress =
  | { readonly kind: 'unpacking'; readonly done: number; readonly total: number }
  | { readonly kind: 'surveying'; readonly filesSeen: number }
  | { readonly kind: 'reading'; readonly done: number; readonly total: number }

export interface ImportOrder {
  readonly paths: readonly string[]
  readonly name: string
  /** A table that says what the films show. */
  readonly labels?: LabelOrder | undefined
  /** What was understood already; surveyed anew when left out. */
  readonly survey?: FolderSurvey
  /** Made when left out; another when the import is gone on with. */
  readonly datasetId?: string
  /** Whether what is there stays for the same import, begun again, to go on with; true when left out. */
  readonly resumable?: boolean
}

export interface Imported {
  readonly dataset: Dataset
  readonly refusals: readonly Refusal[]
  /** Films that an earlier, interrupted import of the same had read. */
  readonly resumedFrom: number
}

/**
 * Makes a data set of a folder tree, a zip archive or single files. Originals are only read. Films are stored in batches, each
 * whole or not at all, and the data set appears when it is complete. After a cancel, a failure or a crash the
 * same import, begun again, goes on where it stood. Throws BAD_INPUT when no film could be read, CANCELLED, and what
 * the engine throws.
 */
export async function importFolder(
  library: Library,
  order: ImportOrder,
  job: Job<ImportProgress>,
): Promise<Imported> {
  const { store } = library
  const survey = order.survey ?? (await surveyOf(library, order, job))
  const source = { paths: [...order.paths], ...(order.labels && { labels: order.labels }) }
  const half = order.resumable === false ? undefined : halfOf(store, order.name, source)
  const id = half?.id ?? order.datasetId ?? newId()
  const begun = described(survey, id, order.name)
  if (half) store.datasets.adopt(id)
  else store.datasets.insert(begun, order.resumable === false ? undefined : source)
  try {
    const kept = await filmsStillThere(library, id, survey, job)
    const read = await readRest(library, survey, { id, kept }, job)
    await placeKept(library, survey, kept, job)
    const refusals = [...survey.refused, ...read]
    const tally = store.images.tally(id)
    if (tally.images === 0) throw nothingToImport(survey.root, refusals)
    const dataset: StoredDataset = {
      ...begun,
      ...{ images: tally.images, patients: tally.patients, synthetic: tally.synthetic },
      ...{ refused: refusals.length, duplicates: tally.images - tally.pictures },
      counts: classCounts(survey.classes, tally.placings),
    }
    store.transaction(() => {
      store.datasets.describe(dataset)
      store.refusals.insert(id, refusals)
      store.datasets.complete(id)
      store.audit.append('import', id, { films: dataset.images, refused: dataset.refused })
    })
    return { dataset, refusals, resumedFrom: kept.size }
  } catch (cause) {
    const isWorthKeeping = order.resumable !== false && store.images.tally(id).images > 0
    if (isWorthKeeping) store.datasets.release(id)
    else store.datasets.delete(id)
    throw cause
  }
}

async function surveyOf(
  library: Library,
  { paths, labels }: ImportOrder,
  { signal, report }: Job<ImportProgress>,
): Promise<FolderSurvey> {
  const unpacked = await unpackedPaths(library, paths, {
    signal,
    report: ({ done, total }) => report({ kind: 'unpacking', done, total }),
  })
  const survey = await library.engine.surveyFolder(
    { paths: unpacked.paths, ...(labels && { labels }) },
    { signal, onProgress: ({ filesSeen }) => report({ kind: 'surveying', filesSeen }) },
  )
  return { ...survey, refused: [...unpacked.refused, ...survey.refused] }
}

/** Reads the films that are not kept and stores them as they come; returns those that were refused. */
async function readRest(
  { store, engine }: Library,
  { films }: FolderSurvey,
  { id, kept }: { readonly id: string; readonly kept: ReadonlyMap<string, string> },
  { signal, report }: Job<ImportProgress>,
): Promise<Refusal[]> {
  const counted = countedByPatient(films)
  const places = new Map(counted.map((film, position) => [film.path, { film, position }]))
  const paths = films.flatMap(({ path }) => (kept.has(path) ? [] : [path]))
  const refused: Refusal[] = []
  // A batch that cannot be stored ends the reading; the reason is kept, as a listener has nobody to throw to.
  const reading = new AbortController()
  const stop = () => reading.abort()
  signal.addEventListener('abort', stop)
  const failures: unknown[] = []
  const take = (readings: readonly FilmReading[]) => {
    store.transaction(() => {
      for (const each of readings) {
        const { film, position } = places.get(pathOf(each))!
        if (each.kind === 'refused') refused.push(onItsLine(each.refusal, film))
        else store.images.insert(imageOf(film, each, id), position)
      }
    })
  }
  try {
    throwIfCancelled(signal)
    if (paths.length === 0) return refused
    await engine.readFilms(
      { paths, thumbnailFolder: store.folder.thumbnails },
      {
        signal: reading.signal,
        onProgress: ({ done, readings }) => {
          if (failures.length > 0) return
          try {
            take(readings)
          } catch (cause) {
            failures.push(cause)
            reading.abort()
          }
          report({ kind: 'reading', done: kept.size + done, total: films.length })
        },
      },
    )
  } catch (cause) {
    throw failures[0] ?? cause
  } finally {
    signal.removeEventListener('abort', stop)
  }
  if (failures.length > 0) throw failures[0]
  return refused
}

const imageOf = (
  { path, className, part, patient, age, view, perPatient }: CountedFilm,
  { facts, thumbnail }: Extract<FilmReading, { kind: 'read' }>,
  datasetId: string,
) => ({
  ...facts,
  ...{ path, className, part, patient, age, view, perPatient, datasetId },
  id: newId(),
  fileName: basename(path),
  thumbnail: basename(thumbnail),
})

interface CountedFilm extends SurveyedFilm {
  readonly perPatient: PerPatient
}

/** Counted before they are written, so that few rows are written again when the import ends. */
function countedByPatient(films: readonly SurveyedFilm[]): CountedFilm[] {
  const counts = new Map<string, number>()
  for (const { patient } of films) counts.set(patient, (counts.get(patient) ?? 0) + 1)
  return films.map((film) => ({ ...film, perPatient: perPatient(counts.get(film.patient)!) }))
}

const perPatient = (films: number): PerPatient => (films < 2 ? 'one' : films < 5 ? 'few' : 'many')

/** A film that a row of a table names is refused as that row. */
const onItsLine = (refusal: Refusal, { line }: SurveyedFilm): Refusal =>
  line === undefined ? refusal : { ...refusal, line, reason: `line ${line}: ${refusal.reason}` }

export const pathOf = (reading: FilmReading): string =>
  reading.kind === 'read' ? reading.path : reading.refusal.path

/** So many rows take some 50 ms, in which this process answers nobody. */
const rowsAtOnce = 1000

/** Films of an interrupted import take the places and labels that the survey gives them now. */
async function placeKept(
  { store }: Library,
  { films }: FolderSurvey,
  kept: ReadonlyMap<string, string>,
  { signal }: Job<ImportProgress>,
): Promise<void> {
  const counted = countedByPatient(films)
  for (let from = 0; from < films.length && kept.size > 0; from += rowsAtOnce) {
    throwIfCancelled(signal)
    store.transaction(() =>
      counted.slice(from, from + rowsAtOnce).forEach((film, at) => {
        const id = kept.get(film.path)
        if (id !== undefined) store.images.place(id, film, from + at)
      }),
    )
    await turnOfTheLoop()
  }
}

function described(
  { root, layout, classes, patientRule, labels }: FolderSurvey,
  id: string,
  name: string,
): StoredDataset {
  return {
    ...{ id, name, root, layout, classes, patientRule },
    ...(labels && { labels: { ...labels, file: basename(labels.file) } }),
    createdAt: new Date().toISOString(),
    ...{ images: 0, patients: 0, refused: 0, duplicates: 0, synthetic: false, counts: [] },
  }
}

function nothingToImport(root: string, refusals: readonly Refusal[]): AppError {
  const [first] = refusals
  const why = first ? `; ${refusals.length} files were refused, the first: ${first.reason}` : ''
  return new AppError('BAD_INPUT', `${root}: no film could be read${why}`)
}
