import { basename } from 'node:path'
import type { FilmReading } from '../shared/contracts/engineAreas/films.ts'
import type { FilmPixels, PaneSize } from '../shared/domain/filmPixels.ts'
import type { FolderSurvey, Refusal, SurveyedFilm } from '../shared/domain/film.ts'
import type { Job } from '../shared/rpc/contract.ts'
import { newId } from '../store/newId.ts'
import { withoutRoot } from './describeSurvey.ts'
import { pathOf } from './importFolder.ts'
import type { Library } from './library.ts'
import { unpackedPaths } from './unpackedArchives.ts'

export interface OpenProgress {
  done: number
  total: number
  /** The film that is read first, as it is seen in the pane; told once, before the library knows it. */
  look?: FilmPixels | undefined
  /** The first film that was not on the worklist before; told once, as soon as it is there. */
  first?: { readonly imageId: string; readonly isLookedAt: boolean } | undefined
}

interface Order {
  readonly paths: readonly string[]
  /** Where the first film will be seen. */
  readonly pane?: PaneSize | undefined
}

export interface Opened {
  /** Films that are on the worklist now because of this call, also those that were there before. */
  readonly opened: string[]
  /** Those that were not on it before. */
  readonly added: string[]
  /** With file names from the chosen folder on. */
  readonly refused: Refusal[]
}

/** Puts films onto the worklist as they are read; folders are walked, archives unpacked. A film whose content is known is not added twice. */
export async function openFilms(
  library: Library,
  { paths, pane }: Order,
  job: Job<OpenProgress>,
): Promise<Opened> {
  const { store, engine } = library
  const unpacked = await unpackedPaths(library, paths, job)
  const survey = await engine.surveyFolder({ paths: unpacked.paths }, { signal: job.signal })
  const films = new Map(survey.films.map((film) => [film.path, film]))
  const opened: string[] = []
  const added: string[] = []
  const refused: Refusal[] = [...unpacked.refused, ...survey.refused]
  const inOrder = ordered([...films.keys()])
  const [firstPath] = films.keys()
  let firstId: string | undefined
  let hasLook = false
  const take = (readings: readonly FilmReading[]) =>
    store.transaction(() => {
      for (const reading of inOrder(readings)) {
        if (reading.kind === 'refused') {
          refused.push(reading.refusal)
          continue
        }
        const imageId = knownOrNew(library, films.get(reading.path), reading)
        if (reading.path === firstPath) firstId = imageId
        opened.push(imageId)
        if (store.review.add(imageId)) added.push(imageId)
      }
    })
  if (films.size > 0) {
    await engine.readFilms(
      { paths: [...films.keys()], thumbnailFolder: store.folder.thumbnails, pane },
      {
        signal: job.signal,
        onProgress: ({ done, total, readings, look }) => {
          const isFirst = added.length === 0
          take(readings)
          hasLook ||= look !== undefined
          const imageId = isFirst ? added[0] : undefined
          const isLookedAt = hasLook && imageId === firstId
          job.report({
            done,
            total,
            look,
            first: imageId === undefined ? undefined : { imageId, isLookedAt },
          })
        },
      },
    )
  }
  if (added.length + refused.length > 0) {
    store.audit.append('import', 'worklist', { films: added.length, refused: refused.length })
  }
  return { opened, added, refused: named(refused, survey) }
}

/** Holds readings back until those before them are there: the worklist keeps the folder's order. */
function ordered(paths: readonly string[]) {
  const arrived = new Map<string, FilmReading>()
  let next = 0
  return (readings: readonly FilmReading[]): FilmReading[] => {
    for (const reading of readings) arrived.set(pathOf(reading), reading)
    const ready: FilmReading[] = []
    for (; next < paths.length; next++) {
      const reading = arrived.get(paths[next]!)
      if (!reading) break
      arrived.delete(paths[next]!)
      ready.push(reading)
    }
    return ready
  }
}

function knownOrNew(
  { store }: Library,
  film: SurveyedFilm | undefined,
  { path, facts, thumbnail }: Extract<FilmReading, { kind: 'read' }>,
): string {
  const known = store.images.withFileHash(facts.fileHash)
  if (known) {
    // The same content under a new path: the newer one is there for certain.
    if (known.datasetId === undefined && known.path !== path) store.images.moved(known.id, path)
    return known.id
  }
  const id = newId()
  const fileName = basename(path)
  store.images.insert(
    {
      ...facts,
      ...{ id, path, fileName },
      patient: film?.patient ?? fileName,
      thumbnail: basename(thumbnail),
    },
    0,
  )
  return id
}

const named = (refused: readonly Refusal[], { root }: FolderSurvey): Refusal[] =>
  refused.map((refusal) => withoutRoot(refusal, root))
