import { loadPackage } from '../models/package.ts'
import { createInferenceNetwork } from './inferenceNetwork.ts'
import { createModelCache, type LoadedModel } from './modelCache.ts'

/** A package as a network ready to score. The caller disposes of it. Throws BAD_MODEL, NOT_FOUND. */
export async function loadModel(folder: string): Promise<LoadedModel> {
  const { manifest, weights } = await loadPackage(folder)
  const { network, filmsAtOnce } = await createInferenceNetwork({
    spec: manifest.spec,
    scale: manifest.preprocessing.scale,
  })
  try {
    network.writeWeights(weights)
    warmUp(network, manifest.spec.input)
    return { manifest, network, filmsAtOnce }
  } catch (cause) {
    network.dispose()
    throw cause
  }
}

/** TensorFlow optimises a graph when it is first run, which the first film should not wait for. */
function warmUp(
  network: LoadedModel['network'],
  { height, width }: { readonly height: number; readonly width: number },
): void {
  network.predict({ count: 1, channels: 1, pixels: new Uint8Array(height * width) })
}

/** The models that this process has loaded. */
export const loadedModels = createModelCache(loadModel)
