/** One method of explaining, opened once for a model and asked for many films. */
import type { ExplanationMethod } from '../../shared/domain/explanation.ts'
import { assertNever } from '../../shared/assertNever.ts'
import { AppError } from '../../shared/errors.ts'
import type { NamedArray, Network } from '../graph/network.ts'
import type { FilmInput } from '../images/filmInput.ts'
import { inferShapes } from '../models/shapes.ts'
import { INPUT } from '../models/wiring.ts'
import { createInferenceNetwork } from '../predict/inferenceNetwork.ts'
import type { LoadedModel } from '../predict/modelCache.ts'
import type { GradientGraph } from './gradientGraph.ts'
import { gradCam, gradCamPlusPlus, resized, type HeatMap } from './heatMap.ts'
import { borrowGradients, weightsOf, type BorrowedGradients } from './keptGradients.ts'
import { occlusion } from './occlusion.ts'
import { integratedGradients, smoothGrad } from './saliency.ts'

export interface MapOrder {
  readonly modelFolder: string
  readonly method: ExplanationMethod
  readonly layer: string
  readonly target: number
  /** Called after each run of the network; throws to stop. */
  readonly pause: () => Promise<void>
}

export interface MapMaker {
  /** At the network's input size, not normalised; `weights` in the place of the model's own. */
  readonly mapOf: (film: FilmInput, weights?: readonly NamedArray[]) => Promise<HeatMap>
  /** The model's own. */
  readonly weights: readonly NamedArray[]
  readonly dispose: () => void
}

export const isOnLayer = (method: ExplanationMethod): boolean =>
  method === 'grad-cam' || method === 'grad-cam++'

/** Throws BAD_INPUT for a layer without an image, ENGINE_FAILED where gradients cannot be had. */
export async function openMaps(model: LoadedModel, order: MapOrder): Promise<MapMaker> {
  const { modelFolder, method, layer } = order
  const { height: rows, width: columns } = model.manifest.spec.input
  const weights = await weightsOf(model, modelFolder)
  const maker =
    method === 'occlusion'
      ? byOcclusion(model, order)
      : byGradients(
          model,
          order,
          await borrowGradients(model, modelFolder, isOnLayer(method) ? layer : INPUT),
        )
  return {
    ...maker,
    weights,
    mapOf: async (film, others) => resized(await maker.mapOf(film, others), { rows, columns }),
  }
}

type Maker = Pick<MapMaker, 'mapOf' | 'dispose'>

/** Other weights go into a network of their own: the model's is shared. */
function byOcclusion(model: LoadedModel, { target, pause }: MapOrder): Maker {
  const { spec, preprocessing } = model.manifest
  let other: Network | undefined
  async function networkWith(weights: readonly NamedArray[]): Promise<Network> {
    other ??= (await createInferenceNetwork({ spec, scale: preprocessing.scale })).network
    other.writeWeights(weights)
    return other
  }
  return {
    mapOf: async (film, weights) => {
      const network = weights ? await networkWith(weights) : model.network
      return occlusion(network, film, (row) => probabilityOf(row, target), pause)
    },
    dispose: () => other?.dispose(),
  }
}

function byGradients(
  model: LoadedModel,
  order: MapOrder,
  { graph, giveBack }: BorrowedGradients,
): Maker {
  const { name, spec } = model.manifest
  return {
    async mapOf(film, weights) {
      const asked = weights ? graph.with(weights) : graph
      try {
        const map = await gradientMap(asked, order, inFloats(film, spec.input.channels))
        await order.pause()
        return map
      } catch (cause) {
        if (!(cause instanceof RangeError)) throw cause
        throw new AppError('BAD_INPUT', `${name}: ${order.layer}: ${cause.message}`, { cause })
      }
    },
    dispose: giveBack,
  }
}

async function gradientMap(
  graph: Pick<GradientGraph, 'run'>,
  { method, target, pause }: MapOrder,
  film: Float32Array,
): Promise<HeatMap> {
  switch (method) {
    case 'grad-cam':
    case 'grad-cam++': {
      const { shape, values, gradients } = graph.run(film, 1, target)
      if (shape.length !== 3) throw new RangeError('this layer gives no image')
      return (method === 'grad-cam' ? gradCam : gradCamPlusPlus)(shape, values, gradients)
    }
    case 'integrated-gradients':
      return (await integratedGradients(graph, film, target, pause)).map
    case 'smoothgrad':
      return smoothGrad(graph, film, target, pause)
    case 'occlusion':
      throw new AppError('INTERNAL', 'Occlusion takes no gradient')
    default:
      return assertNever(method)
  }
}

/** Of a class, from a row of outputs; one output speaks for class 1. */
export const probabilityOf = (row: Float32Array, target: number): number =>
  row.length > 1 ? row[target]! : target === 1 ? row[0]! : 1 - row[0]!

/** The last layer that still is an image: where Grad-CAM is usually taken. Throws BAD_INPUT where there is none. */
export function lastImageLayer({ manifest: { spec } }: Pick<LoadedModel, 'manifest'>): string {
  const isConvolution = (type: string) => type.toLowerCase().includes('conv2d')
  const layers = inferShapes(spec).layers.filter(({ outputShape }) => outputShape.length === 3)
  const last = layers.filter(({ spec: layer }) => isConvolution(layer.type)).at(-1) ?? layers.at(-1)
  if (!last) throw new AppError('BAD_INPUT', 'No layer of this model gives an image')
  return last.name
}

/** With as many channels as the network takes. */
function inFloats(film: FilmInput, channels: number): Float32Array {
  if (film.channels === channels) return Float32Array.from(film.pixels)
  const colour = new Float32Array(film.pixels.length * channels)
  film.pixels.forEach((value, at) => colour.fill(value, at * channels, (at + 1) * channels))
  return colour
}
