import type { ScreenedFilm } from '../shared/contracts/engineAreas/scoring.ts'
import type { Refusal } from '../shared/domain/film.ts'
import type { Prediction } from '../shared/domain/model.ts'
import { AppError } from '../shared/errors.ts'
import type { Job } from '../shared/rpc/contract.ts'
import type { StoredImage } from '../store/image.ts'
import type { Library } from './library.ts'
import { modelFolder } from './modelPackages.ts'
import { requireOriginals } from './originals.ts'

export interface Screened {
  readonly scored: number
  readonly refused: readonly Refusal[]
}

/** Scores films of the library that the model has not scored yet, and stores each score as it comes. */
export async function screenFilms(
  library: Library,
  { modelId, imageIds }: { readonly modelId: string; readonly imageIds: readonly string[] },
  job: Job<{ done: number; total: number }>,
): Promise<Screened> {
  const { store, engine } = library
  store.models.get(modelId)
  const images = imageIds
    .filter((imageId) => !store.predictions.find(imageId, modelId))
    .map((imageId) => store.images.get(imageId))
  const byPath = groupByPath(images)
  if (byPath.size === 0) return { scored: 0, refused: [] }
  const refused: Refusal[] = []
  let scored = 0
  const turned = turnedPaths(library, images)
  await engine.screen(
    { modelFolder: modelFolder(library, modelId), paths: [...byPath.keys()], turned: [...turned] },
    {
      signal: job.signal,
      onProgress: ({ done, total, films }) => {
        scored += keep(library, { modelId, byPath, turned }, films)
        for (const film of films) if (film.kind === 'refused') refused.push(film.refusal)
        job.report({ done, total })
      },
    },
  )
  return { scored, refused }
}

/** The score of one film: recalled, or computed and stored. Throws NOT_FOUND when its original is gone. */
export async function predictFilm(
  library: Library,
  { modelId, imageId }: { readonly modelId: string; readonly imageId: string },
  signal: AbortSignal = new AbortController().signal,
): Promise<Prediction> {
  const { store } = library
  const known = store.predictions.find(imageId, modelId)
  if (known) return known
  const image = store.images.get(imageId)
  await requireOriginals([image])
  const job = { signal, report: () => undefined }
  for (;;) {
    const turned = store.marks.isTurned(imageId)
    const { refused } = await screenFilms(library, { modelId, imageIds: [imageId] }, job)
    const prediction = store.predictions.find(imageId, modelId)
    if (prediction) return prediction
    // Turned over while it was scored: that score was not kept.
    if (refused.length === 0 && store.marks.isTurned(imageId) !== turned) continue
    const reason = refused[0]?.reason ?? 'the engine gave no score'
    throw new AppError('DAMAGED', `${image.fileName} cannot be scored: ${reason}`)
  }
}

/** Files that a reader said tell black from white wrong: these are scored the other way round. */
export const turnedPaths = (
  { store }: Pick<Library, 'store'>,
  images: readonly StoredImage[],
): ReadonlySet<string> =>
  new Set(images.filter(({ id }) => store.marks.isTurned(id)).map(({ path }) => path))

/** Has the engine load a model, so that the next score need not wait for it. */
export async function loadModel(library: Library, modelId: string): Promise<void> {
  await library.engine.screen({ modelFolder: modelFolder(library, modelId), paths: [] })
}

/** Two films of the library may share a file; it is scored once. */
function groupByPath(images: readonly StoredImage[]): Map<string, StoredImage[]> {
  const byPath = new Map<string, StoredImage[]>()
  for (const image of images) byPath.set(image.path, [...(byPath.get(image.path) ?? []), image])
  return byPath
}

interface Keeping {
  readonly modelId: string
  readonly byPath: ReadonlyMap<string, readonly StoredImage[]>
  readonly turned: ReadonlySet<string>
}

/** A film that was turned over since gets no score: it would be that of another film. */
function keep(
  { store }: Library,
  { modelId, byPath, turned }: Keeping,
  films: readonly ScreenedFilm[],
): number {
  const createdAt = new Date().toISOString()
  const predictions = films.flatMap((film) =>
    film.kind === 'scored'
      ? (byPath.get(film.path) ?? [])
          .filter(({ id }) => store.marks.isTurned(id) === turned.has(film.path))
          .map(({ id }) => ({
            ...{ imageId: id, modelId, createdAt },
            probabilities: film.probabilities,
            outside: film.outside,
          }))
      : [],
  )
  store.transaction(() => {
    predictions.forEach((prediction) => store.predictions.insert(prediction))
    if (predictions.length > 0) {
      store.audit.append('predict', modelId, { films: predictions.length })
    }
  })
  return predictions.length
}
