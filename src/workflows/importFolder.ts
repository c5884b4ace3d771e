import { basename } from 'node:path'
import type { FilmReading } from '../shared/contracts/engine.ts'
import type { Dataset } from '../shared/domain/dataset.ts'
import type { FolderSurvey, Refusal } from '../shared/domain/film.ts'
import { AppError, throwIfCancelled } from '../shared/errors.ts'
import type { Job } from '../shared/rpc/contract.ts'
import type { StoredDataset } from '../store/dataset.ts'
import type { StoredImage } from '../store/image.ts'
import { newId } from '../store/newId.ts'
import { classCounts } from './describeSurvey.ts'
import type { Library } from './library.ts'

export type ImportProgress =
  | { readonly kind: 'surveying'; readonly filesSeen: number }
  | { readonly kind: 'reading'; readonly done: number; readonly total: number }

export interface ImportOrder {
  readonly paths: readonly string[]
  readonly name: string
  /** What was understood already; surveyed anew when left out. */
  readonly survey?: FolderSurvey
  /** Made when left out. */
  readonly datasetId?: string
}

export interface Imported {
  readonly dataset: Dataset
  readonly refusals: readonly Refusal[]
}

/**
 * Makes a data set of a folder tree or of single files. Originals are only read. The data set
 * appears when it is complete; a cancel or a crash before leaves none. Throws BAD_INPUT when no film
 * could be read, CANCELLED, and what the engine throws.
 */
export async function importFolder(
  library: Library,
  { paths, name, survey: known, datasetId = newId() }: ImportOrder,
  job: Job<ImportProgress>,
): Promise<Imported> {
  const survey =
    known ??
    (await library.engine.surveyFolder(
      { paths: [...paths] },
      {
        signal: job.signal,
        onProgress: ({ filesSeen }) => job.report({ kind: 'surveying', filesSeen }),
      },
    ))
  const readings = await readAll(library, survey, job)
  const films = filmsInOrder(survey, readings, datasetId)
  const refusals = [
    ...survey.refused,
    ...readings.flatMap((reading) => (reading.kind === 'refused' ? [reading.refusal] : [])),
  ]
  if (films.length === 0) throw nothingToImport(survey.root, refusals)
  const dataset = describe(survey, films, { id: datasetId, name, refused: refusals.length })
  await keep(library, dataset, films, refusals, job)
  return { dataset, refusals }
}

/** So many rows take some 50 ms, in which this process answers nobody. */
const rowsAtOnce = 1000

/** Stores in steps; nobody sees the data set before the last, and a cancel or a failure leaves nothing. */
async function keep(
  { store }: Library,
  dataset: StoredDataset,
  films: readonly StoredImage[],
  refusals: readonly Refusal[],
  { signal }: Job<ImportProgress>,
): Promise<void> {
  store.datasets.insert(dataset)
  try {
    for (let from = 0; from < films.length; from += rowsAtOnce) {
      throwIfCancelled(signal)
      const batch = films.slice(from, from + rowsAtOnce)
      store.transaction(() => batch.forEach((film, at) => store.images.insert(film, from + at)))
      await new Promise((resolve) => setImmediate(resolve))
    }
    store.transaction(() => {
      store.refusals.insert(dataset.id, refusals)
      store.datasets.complete(dataset.id)
      store.audit.append('import', dataset.id, { films: films.length, refused: refusals.length })
    })
  } catch (cause) {
    store.datasets.delete(dataset.id)
    throw cause
  }
}

async function readAll({ store, engine }: Library, survey: FolderSurvey, job: Job<ImportProgress>) {
  const readings: FilmReading[] = []
  const paths = survey.films.map(({ path }) => path)
  if (paths.length === 0) return readings
  await engine.readFilms(
    { paths, thumbnailFolder: store.folder.thumbnails },
    {
      signal: job.signal,
      onProgress: ({ done, total, readings: more }) => {
        readings.push(...more)
        job.report({ kind: 'reading', done, total })
      },
    },
  )
  return readings
}

/** Films that were read, in the survey's order, whatever order they were read in. */
function filmsInOrder(
  survey: FolderSurvey,
  readings: readonly FilmReading[],
  datasetId: string,
): StoredImage[] {
  const byPath = new Map(readings.map((reading) => [pathOf(reading), reading]))
  return survey.films.flatMap((film) => {
    const reading = byPath.get(film.path)
    if (reading?.kind !== 'read') return []
    return [
      {
        ...film,
        ...reading.facts,
        id: newId(),
        datasetId,
        fileName: basename(film.path),
        thumbnail: basename(reading.thumbnail),
      },
    ]
  })
}

export const pathOf = (reading: FilmReading): string =>
  reading.kind === 'read' ? reading.path : reading.refusal.path

function describe(
  { root, layout, classes, patientRule }: FolderSurvey,
  films: readonly StoredImage[],
  { id, name, refused }: { id: string; name: string; refused: number },
): StoredDataset {
  return {
    ...{ id, name, root, layout, classes, patientRule, refused },
    createdAt: new Date().toISOString(),
    images: films.length,
    patients: new Set(films.map(({ patient }) => patient)).size,
    duplicates: films.length - new Set(films.map(({ pixelHash }) => pixelHash)).size,
    synthetic: films.every(({ synthetic }) => synthetic),
    counts: classCounts(classes, films),
  }
}

function nothingToImport(root: string, refusals: readonly Refusal[]): AppError {
  const [first] = refusals
  const why = first ? `; ${refusals.length} files were refused, the first: ${first.reason}` : ''
  return new AppError('BAD_INPUT', `${root}: no film could be read${why}`)
}
