/** Maps over films of the library. */
import type { Explanation, MapChoice, MapTrust } from '../shared/domain/explanation.ts'
import type { Job } from '../shared/rpc/contract.ts'
import type { Library } from './library.ts'
import { modelFolder } from './modelPackages.ts'
import { requireOriginals } from './originals.ts'

export interface FilmMapOrder extends MapChoice {
  readonly modelId: string
  readonly imageId: string
}

/** Throws NOT_FOUND when the film's original is gone, BAD_INPUT, CANCELLED. */
export async function explainFilm(
  library: Library,
  order: FilmMapOrder,
  signal: AbortSignal,
): Promise<Explanation> {
  return library.engine.explain(await engineOrder(library, order), { signal })
}

/** Throws as `explainFilm`. */
export async function mapTrust(
  library: Library,
  order: FilmMapOrder,
  { signal, report }: Job<{ done: number; total: number }>,
): Promise<MapTrust> {
  return library.engine.mapTrust(await engineOrder(library, order), { signal, onProgress: report })
}

/** As the engine takes it: the film as it was scored. Throws NOT_FOUND. */
export async function engineOrder(library: Library, { modelId, imageId, ...choice }: FilmMapOrder) {
  const image = library.store.images.get(imageId)
  library.store.models.get(modelId)
  await requireOriginals([image])
  const turned = library.store.marks.isTurned(imageId)
  return { ...choice, modelFolder: modelFolder(library, modelId), path: image.path, turned }
}
