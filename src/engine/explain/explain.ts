/** Why a film has its score: a map over it, by one of five methods. */
import type { ExplainOrder, Explanation } from '../../shared/domain/explanation.ts'
import { assertNever } from '../../shared/assertNever.ts'
import { AppError } from '../../shared/errors.ts'
import { loadPackage, type LoadedPackage } from '../models/package.ts'
import { inferShapes } from '../models/shapes.ts'
import { INPUT } from '../models/wiring.ts'
import type { FilmInput } from '../images/filmInput.ts'
import { loadedModels } from '../predict/loadModel.ts'
import type { LoadedModel } from '../predict/modelCache.ts'
import { networkInput, packFilms, readForNetwork } from '../predict/readForNetwork.ts'
import { openGradients, type GradientGraph } from './gradientGraph.ts'
import { gradCam, gradCamPlusPlus, normalised, resized, type HeatMap } from './heatMap.ts'
import { occlusion } from './occlusion.ts'
import { integratedGradients, smoothGrad } from './saliency.ts'

/**
 * The map of one film, at the network's input size. `target` is the class that is explained; left out, the one that the
 * model names. Throws BAD_INPUT for a layer without an image, ENGINE_FAILED where gradients cannot be had (WebAssembly
 * has occlusion alone), and as `readRaster` and `loadModel` do.
 */
export function explainFilm(order: ExplainOrder): Promise<Explanation> {
  const { modelFolder, path, method } = order
  return loadedModels.use(modelFolder, async (model) => {
    const { spec, classes, threshold } = model.manifest
    const film = await readForNetwork(path, networkInput(model.manifest))
    const outputs = model.network.predict(packFilms([film]))
    const probabilities = outputs.length === 1 ? [1 - outputs[0]!, outputs[0]!] : [...outputs]
    const target = order.target ?? namedClass(probabilities, threshold)
    if (target >= classes.length) {
      throw new AppError('BAD_INPUT', `The model has ${classes.length} classes, not ${target + 1}`)
    }
    const layer = order.layer ?? lastImageLayer(model)
    const map =
      method === 'occlusion'
        ? occlusion(model.network, film, (row) => probabilityOf(row, target))
        : await byGradients(order, model, film, target, layer)
    const { rows, columns, values } = normalised(resized(map, { rows: spec.input.height, columns: spec.input.width })) // prettier-ignore
    return {
      ...{ method, target, rows, columns, probabilities },
      ...((method === 'grad-cam' || method === 'grad-cam++') && { layer }),
      values: Uint8Array.from(values, (value) => Math.round(255 * value)),
    }
  })
}

const probabilityOf = (row: Float32Array, target: number): number =>
  row.length > 1 ? row[target]! : target === 1 ? row[0]! : 1 - row[0]!

function namedClass(probabilities: readonly number[], threshold: number): number {
  if (probabilities.length === 2) return Number(probabilities[1]! >= threshold)
  return probabilities.indexOf(Math.max(...probabilities))
}

/** The last layer that still is an image: where Grad-CAM is usually taken. */
function lastImageLayer({ manifest: { spec } }: Pick<LoadedModel, 'manifest'>): string {
  const isConvolution = (type: string) => type.toLowerCase().includes('conv2d')
  const layers = inferShapes(spec).layers.filter(({ outputShape }) => outputShape.length === 3)
  const last = layers.filter(({ spec: layer }) => isConvolution(layer.type)).at(-1) ?? layers.at(-1)
  if (!last) throw new AppError('BAD_INPUT', 'No layer of this model gives an image')
  return last.name
}

async function byGradients(
  { modelFolder, method }: ExplainOrder,
  { manifest }: LoadedModel,
  film: FilmInput,
  target: number,
  layer: string,
): Promise<HeatMap> {
  const onLayer = method === 'grad-cam' || method === 'grad-cam++'
  const loaded = await loadPackage(modelFolder)
  const graph = openGradients(loaded, onLayer ? layer : INPUT)
  try {
    return mapOf(graph, method, inFloats(film, loaded), target)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    const { name } = manifest
    throw new AppError('BAD_INPUT', `${name}: ${layer}: ${cause.message}`, { cause })
  } finally {
    graph.dispose()
  }
}

function mapOf(
  graph: GradientGraph,
  method: ExplainOrder['method'],
  film: Float32Array,
  target: number,
): HeatMap {
  switch (method) {
    case 'grad-cam':
    case 'grad-cam++': {
      const { shape, values, gradients } = graph.run(film, 1, target)
      if (shape.length !== 3) throw new RangeError('this layer gives no image')
      return (method === 'grad-cam' ? gradCam : gradCamPlusPlus)(shape, values, gradients)
    }
    case 'integrated-gradients':
      return integratedGradients(graph, film, target).map
    case 'smoothgrad':
      return smoothGrad(graph, film, target)
    case 'occlusion':
      throw new AppError('INTERNAL', 'Occlusion takes no gradient')
    default:
      return assertNever(method)
  }
}

/** With as many channels as the network takes. */
function inFloats(film: FilmInput, { manifest }: Pick<LoadedPackage, 'manifest'>): Float32Array {
  const { channels } = manifest.spec.input
  if (film.channels === channels) return Float32Array.from(film.pixels)
  const colour = new Float32Array(film.pixels.length * channels)
  film.pixels.forEach((value, at) => colour.fill(value, at * channels, (at + 1) * channels))
  return colour
}
