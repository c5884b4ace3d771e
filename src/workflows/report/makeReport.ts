import type { ExplainOrder } from '../../shared/domain/explanation.ts'
import { toAppError } from '../../shared/errors.ts'
import { engineOrder, type FilmMapOrder } from '../explainFilm.ts'
import type { Library } from '../library.ts'
import { scoreCard } from '../scoreCard.ts'
import { predictFilm } from '../screenFilms.ts'
import { filmReport, type ExplainedFilm } from './filmReport.ts'
import { modelReport } from './modelReport.ts'

/** A film of the worklist with its score, verdict and map, HTML. Throws NOT_FOUND, CANCELLED and as `predictFilm`. */
export async function makeFilmReport(
  library: Library,
  { modelId, imageId, ...choice }: FilmMapOrder,
  signal: AbortSignal,
): Promise<string> {
  const { store, engine } = library
  const { manifest } = store.models.get(modelId)
  const image = store.images.get(imageId)
  const prediction = await predictFilm(library, { modelId, imageId }, signal)
  const listed = store.review.items(modelId).find((item) => item.image.id === imageId)
  const order = await engineOrder(library, { ...choice, modelId, imageId })
  const explained = explainedBy(engine, order, signal).catch((cause: unknown) => {
    // A report without a map is still one; a film that cannot be read has failed above.
    if (toAppError(cause).code === 'ENGINE_FAILED') return undefined
    throw cause
  })
  return filmReport({
    item: { ...(listed ?? { image, turned: store.marks.isTurned(imageId) }), prediction },
    manifest,
    film: (await engine.filmPicture({ path: order.path, turned: order.turned }, { signal })).png,
    explained: await explained,
    at: new Date().toISOString(),
  })
}

/** With the tests of the map: none is shown without them. */
async function explainedBy(
  engine: Library['engine'],
  order: ExplainOrder,
  signal: AbortSignal,
): Promise<ExplainedFilm> {
  const { png, ...map } = await engine.mapPicture(order, { signal })
  return { png, map, trust: await engine.mapTrust(order, { signal }) }
}

/** A model's card with every set that it was judged on, HTML. */
export async function makeModelReport(library: Library, modelId: string): Promise<string> {
  const { manifest } = library.store.models.get(modelId)
  const cards = []
  for (const { id } of library.store.assessments.ofModel(modelId))
    cards.push(await scoreCard(library, id))
  return modelReport(manifest, cards)
}
