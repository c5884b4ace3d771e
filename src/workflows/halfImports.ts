/** Imports that ended before they were complete: found, gone on with, given up. */
import { stat } from 'node:fs/promises'
import type { FolderSurvey } from '../shared/domain/film.ts'
import { AppError, throwIfCancelled } from '../shared/errors.ts'
import { fileOfFilm, placeOfFilm } from '../shared/filmPath.ts'
import type { HalfImport, ImportSource } from '../store/dataset.ts'
import type { Store } from '../store/store.ts'
import type { Library } from './library.ts'

/** One of that name from the same place, with the same table. */
export function halfOf(
  { datasets }: Pick<Store, 'datasets'>,
  name: string,
  source: ImportSource,
): HalfImport | undefined {
  const wanted = JSON.stringify(source)
  return datasets
    .halves()
    .find((half) => half.name === name && JSON.stringify(half.source) === wanted)
}

/** Throws NOT_FOUND for one that is gone or that a program works on. */
export function halfWithId({ datasets }: Pick<Store, 'datasets'>, id: string): HalfImport {
  const half = datasets.halves().find((each) => each.id === id)
  if (half) return half
  throw new AppError('NOT_FOUND', 'This import is complete, given up, or under way')
}

const filesAtOnce = 256

/**
 * Ids of the films that are in already, by path: those that the survey still has and whose files are what they were.
 * The rows of all others are taken out.
 */
export async function filmsStillThere(
  { store }: Pick<Library, 'store'>,
  datasetId: string,
  { films }: FolderSurvey,
  { signal }: { readonly signal: AbortSignal },
): Promise<Map<string, string>> {
  const wanted = new Set(films.map(({ path }) => path))
  const kept = new Map<string, string>()
  const imported = store.images.imported(datasetId)
  for (let from = 0; from < imported.length; from += filesAtOnce) {
    throwIfCancelled(signal)
    const batch = imported.slice(from, from + filesAtOnce)
    const fit = await Promise.all(batch.map(async (film) => wanted.has(film.path) && !kept.has(film.path) && (await isAsItWas(film)))) // prettier-ignore
    store.transaction(() =>
      batch.forEach(({ id, path }, at) => {
        if (fit[at] === true) kept.set(path, id)
        else store.images.delete(id)
      }),
    )
  }
  return kept
}

interface KnownFile {
  readonly path: string
  readonly bytes: number
  readonly modifiedMs?: number | undefined
}

/** Whether size and time of the file are those that it had when it was read. */
async function isAsItWas({ path, bytes, modifiedMs }: KnownFile): Promise<boolean> {
  const file = await stat(fileOfFilm(path)).catch(() => undefined)
  if (!file || file.mtimeMs !== modifiedMs) return false
  // What is stored of a film inside a file of many is its own size.
  return placeOfFilm(path).index !== undefined || file.size === bytes
}
