import type { Parity } from '../../shared/domain/scoreCard.ts'
import { AppError } from '../../shared/errors.ts'
import { backendKind, backendName } from '../describe.ts'
import { checkParity } from '../models/goldenFilms.ts'
import { loadPackage } from '../models/package.ts'
import { createInferenceNetwork } from './inferenceNetwork.ts'
import { createModelCache, type LoadedModel } from './modelCache.ts'

/**
 * A package as a network ready to score. The caller disposes of it. On another backend or version than made the
 * package its golden films are scored first. Throws BAD_MODEL (also when these come out otherwise), NOT_FOUND.
 */
export async function loadModel(folder: string): Promise<LoadedModel> {
  const { manifest, weights, goldenPixels, envelope } = await loadPackage(folder)
  const { network, filmsAtOnce } = await createInferenceNetwork({
    spec: manifest.spec,
    scale: manifest.preprocessing.scale,
  })
  try {
    network.writeWeights(weights)
    warmUp(network, manifest.spec.input)
    if (goldenPixels && manifest.golden && manifest.golden.backend !== backend().name) {
      requireParity(folder, checkParity(network, manifest.golden, goldenPixels, backend()))
    }
    return { manifest, network, filmsAtOnce, envelope, onFree: [] }
  } catch (cause) {
    network.dispose()
    throw cause
  }
}

const backend = () => ({ kind: backendKind(), name: backendName() })

function requireParity(folder: string, { holds, worst, tolerance, computedBy }: Parity): void {
  if (holds) return
  throw new AppError(
    'BAD_MODEL',
    `${folder}: golden.scores: this computer (${computedBy}) scores them up to ${worst.toPrecision(2)} otherwise, more than ${tolerance}; its scores cannot be trusted here`,
  )
}

/** How the model of a folder scores its golden films here; null where it has none. Throws as `loadModel`. */
export async function parityOf(folder: string): Promise<Parity | null> {
  const { manifest, weights, goldenPixels } = await loadPackage(folder)
  if (!manifest.golden || !goldenPixels) return null
  const scale = manifest.preprocessing.scale
  const { network } = await createInferenceNetwork({ spec: manifest.spec, scale })
  try {
    network.writeWeights(weights)
    return checkParity(network, manifest.golden, goldenPixels, backend())
  } finally {
    network.dispose()
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
