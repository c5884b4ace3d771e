/** Why a film has its score: a map over it, by one of five methods. */
import type { ExplainOrder, Explanation } from '../../shared/domain/explanation.ts'
import { loadedModels } from '../predict/loadModel.ts'
import { normalised } from './heatMap.ts'
import { isOnLayer, openMaps } from './mapMaker.ts'
import { openFilm } from './openFilm.ts'

/**
 * The map of one film, at the network's input size. `target` is the class that is explained; left out, the one that the
 * model names. Throws BAD_INPUT for a layer without an image, ENGINE_FAILED where gradients cannot be had (WebAssembly
 * has occlusion alone), CANCELLED, and as `readRaster` and `loadModel` do.
 */
export function explainFilm(
  order: ExplainOrder,
  { signal }: { readonly signal: AbortSignal },
): Promise<Explanation> {
  const { modelFolder, method } = order
  return loadedModels.use(modelFolder, async (model) => {
    const { film, probabilities, order: opened } = await openFilm(model, order, signal)
    const maps = await openMaps(model, opened)
    try {
      const { rows, columns, values } = normalised(await maps.mapOf(film))
      return {
        ...{ method, target: opened.target, rows, columns, probabilities },
        ...(isOnLayer(method) && { layer: opened.layer }),
        values: Uint8Array.from(values, (value) => Math.round(255 * value)),
      }
    } finally {
      maps.dispose()
    }
  })
}
