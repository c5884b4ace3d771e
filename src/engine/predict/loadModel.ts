import { createGraphNetwork } from '../graph/graphNetwork.ts'
import { loadPackage } from '../models/package.ts'
import { createModelCache, type LoadedModel } from './modelCache.ts'

/** Bound on the memory of a prediction's graph; predictions run in pieces far below it. */
const predictionBudgetBytes = 600e6

/** A package as a network ready to score. The caller disposes of it. Throws BAD_MODEL, NOT_FOUND. */
export async function loadModel(folder: string): Promise<LoadedModel> {
  const { manifest, weights } = await loadPackage(folder)
  const network = createGraphNetwork({
    spec: manifest.spec,
    scale: manifest.preprocessing.scale,
    seed: 0,
    memoryBudgetBytes: predictionBudgetBytes,
    inferenceOnly: true,
  })
  try {
    network.writeWeights(weights)
    warmUp(network, manifest.spec.input)
    return { manifest, network }
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
