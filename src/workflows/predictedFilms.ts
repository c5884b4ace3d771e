/** The labelled films of a model's own data set with its predictions: right or wrong, the most wrong first. */
import { ImageRow } from '../shared/domain/dataset.ts'
import type {
  PredictedFilm,
  PredictedFilms,
  PredictedPart,
  PredictionOrder,
} from '../shared/domain/predictedFilm.ts'
import { AppError } from '../shared/errors.ts'
import type { StoredImage } from '../store/image.ts'
import type { StoredModel } from '../store/model.ts'
import type { Library } from './library.ts'
import { runSplit } from './runSplit.ts'

interface Films {
  readonly modelId: string
  readonly part: PredictedPart
}

interface Query extends Films {
  readonly order: PredictionOrder
  readonly limit: number
}

/** Ids of the labelled films of a part. Throws NOT_FOUND when the data set of the training is not there any more. */
export const partFilmIds = async (library: Pick<Library, 'store'>, films: Films) =>
  (await filmsOf(library, films)).map(({ id }) => id)

/** What the model says of the films of a part that it has scored, at its threshold. Throws NOT_FOUND. */
export async function predictedFilms(
  library: Pick<Library, 'store'>,
  { order, limit, ...films }: Query,
): Promise<PredictedFilms> {
  const { store } = library
  const model = store.models.get(films.modelId)
  const images = await filmsOf(library, films)
  const known = store.predictions.ofImages(images, model.id)
  const all = images.flatMap((image) => {
    const probabilities = known.get(image.id)
    return probabilities
      ? [{ film: judged(model, image, probabilities), sureness: surenessOf(probabilities) }]
      : []
  })
  return {
    total: images.length,
    scored: all.length,
    wrong: all.filter(({ film }) => !film.isRight).length,
    films: all
      .sort(orders[order])
      .slice(0, limit)
      .map(({ film }) => film),
  }
}

interface Judged {
  readonly film: PredictedFilm
  readonly sureness: number
}

const orders: Readonly<Record<PredictionOrder, (a: Judged, b: Judged) => number>> = {
  mostWrong: (a, b) => a.film.probability - b.film.probability,
  mostRight: (a, b) => b.film.probability - a.film.probability,
  leastSure: (a, b) => a.sureness - b.sureness,
}

/** How far the most probable class is ahead of the next. */
function surenessOf(probabilities: readonly number[]): number {
  const [first = 0, second = 0] = [...probabilities].sort((a, b) => b - a)
  return first - second
}

function judged(
  { manifest }: StoredModel,
  image: StoredImage,
  probabilities: readonly number[],
): PredictedFilm {
  const { classes, threshold } = manifest
  const label = classes.indexOf(image.className!)
  const called = calledClass(probabilities, threshold)
  return {
    // The window sees no path, so nothing but a grid's columns leaves.
    image: ImageRow.parse(image),
    className: image.className!,
    predicted: classes[called]!,
    isRight: called === label,
    probability: probabilities[label]!,
  }
}

/** Of two classes the last from the threshold on; of more the most probable. */
export function calledClass(probabilities: readonly number[], threshold: number): number {
  if (probabilities.length === 2) return probabilities[1]! >= threshold ? 1 : 0
  return probabilities.indexOf(Math.max(...probabilities))
}

async function filmsOf(
  library: Pick<Library, 'store'>,
  { modelId, part }: Films,
): Promise<StoredImage[]> {
  const { store } = library
  const { runId, manifest } = store.models.get(modelId)
  const run = runId === undefined ? undefined : store.runs.find(runId)
  if (run?.datasetId === undefined) {
    throw new AppError(
      'NOT_FOUND',
      `The data set that '${manifest.name}' was trained on is not in the library any more`,
    )
  }
  const images = store.images
    .ofDataset(run.datasetId)
    .filter(
      ({ className, excluded }) =>
        className !== undefined && !excluded && manifest.classes.includes(className),
    )
  if (part === 'all') return images
  const parts = await runSplit(library, run.id, images)
  return images.filter((image) => (parts ? parts.get(image.id) : image.part) === part)
}
