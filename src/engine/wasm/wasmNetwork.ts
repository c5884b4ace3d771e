/** The network that predicts on WebAssembly: slower than the graph, but without any native code. */
import type { Tensor } from '@tensorflow/tfjs-core'
import { AppError } from '../../shared/errors.ts'
import { checkFilms } from '../graph/batchChecks.ts'
import { foldNormalisation } from '../graph/foldNormalisation.ts'
import { lastImage } from '../graph/lastImage.ts'
import type {
  FilmBatch,
  NamedArray,
  Network,
  NetworkOptions,
  PredictionWithFeatures,
} from '../graph/network.ts'
import { primitivesOf, weightsOfStep } from '../graph/primitives.ts'
import { arraysByName, refuseUnknown } from '../graph/weightTransfer.ts'
import { inferShapes, type ShapedModel } from '../models/shapes.ts'
import { INPUT } from '../models/wiring.ts'
import { computeStep } from './computeStep.ts'
import { foldedWeight } from './foldedWeight.ts'
import { fuseSteps } from './fuseSteps.ts'
import { scaled } from './scale.ts'
import { startWasm, type Tfjs } from './startWasm.ts'

/** Films that are scored at once: more gain nothing, and WebAssembly never gives memory back. */
const FILMS_PER_PREDICTION = 4

/**
 * A network that predicts and does nothing else; it has no weights until they are written. Throws BAD_INPUT when the
 * layers do not fit each other, ENGINE_FAILED where WebAssembly does not start. `dispose` frees its memory.
 */
export async function createWasmNetwork(
  options: Pick<NetworkOptions, 'spec' | 'scale'>,
): Promise<Network> {
  return new WasmNetwork(options, inferShapes(options.spec), await startWasm())
}

class WasmNetwork implements Network {
  readonly spec
  readonly #outputs: number
  readonly #image
  readonly #folds
  readonly #steps
  readonly #specs
  readonly #tensors = new Map<string, Tensor>()
  #weights: readonly NamedArray[] = []

  constructor(
    private readonly options: Pick<NetworkOptions, 'spec' | 'scale'>,
    model: ShapedModel,
    private readonly tf: Tfjs,
  ) {
    this.spec = options.spec
    const { steps, folds } = foldNormalisation(primitivesOf(model))
    this.#folds = folds
    this.#steps = fuseSteps(steps)
    this.#image = lastImage(this.#steps)
    this.#specs = model.layers.flatMap(({ weights }) => weights)
    this.#outputs = model.layers.at(-1)!.outputShape[0]!
  }

  predict(films: FilmBatch): Float32Array {
    return this.predictWithFeatures(films).probabilities
  }

  predictWithFeatures(films: FilmBatch): PredictionWithFeatures {
    checkFilms(this.spec, films)
    if (this.#tensors.size === 0 && this.#specs.length > 0)
      throw new AppError('INTERNAL', 'The network has no weights, or was disposed')
    const length = films.pixels.length / Math.max(1, films.count)
    const channels = this.#image?.channels ?? 0
    const probabilities = new Float32Array(films.count * this.#outputs)
    const features = new Float32Array(films.count * channels)
    for (let start = 0; start < films.count; start += FILMS_PER_PREDICTION) {
      const end = Math.min(films.count, start + FILMS_PER_PREDICTION)
      const pixels = films.pixels.subarray(start * length, end * length)
      const piece = { ...films, count: end - start, pixels }
      const found = this.#run(piece)
      probabilities.set(found.probabilities, start * this.#outputs)
      features.set(found.features, start * channels)
    }
    return { probabilities, features }
  }

  #run(films: FilmBatch): PredictionWithFeatures {
    const { tf } = this
    try {
      return tf.tidy(() => {
        const results = new Map<string, Tensor>([[INPUT, this.#upload(films)]])
        let [last, image]: (Tensor | undefined)[] = []
        for (const fused of this.#steps) {
          const inputs = fused.inputs.map((name) => results.get(name)!)
          last = computeStep(tf, fused, inputs, ({ name }) => this.#tensors.get(name)!)
          results.set(fused.name, last)
          if (fused.name === this.#image?.name) image = tf.mean(last, [1, 2])
        }
        return {
          probabilities: last!.dataSync<'float32'>().slice(),
          features: image?.dataSync<'float32'>().slice() ?? new Float32Array(),
        }
      })
    } catch (cause) {
      throw asAppError(cause)
    }
  }

  /** [count, height, width, channels that the network takes], scaled. */
  #upload({ count, channels, pixels }: FilmBatch): Tensor {
    const { input } = this.spec
    const values = Float32Array.from(pixels)
    const stored = this.tf.tensor4d(values, [count, input.height, input.width, channels])
    const full =
      channels < input.channels ? this.tf.tile(stored, [1, 1, 1, input.channels]) : stored
    return scaled(this.tf, full, this.options.scale)
  }

  writeWeights(weights: readonly NamedArray[]): void {
    refuseUnknown(weights, new Set(this.#specs.map(({ name }) => name)))
    const byName = arraysByName(this.#specs, weights)
    this.dispose()
    this.#weights = this.#specs.map(({ name }) => byName.get(name)!)
    for (const fused of this.#steps) {
      const owned = [...weightsOfStep(fused.step), ...(fused.bias ? [fused.bias] : [])]
      for (const weight of owned) {
        const values = foldedWeight(weight, this.#folds, ({ name }) => byName.get(name)!.values)
        this.#tensors.set(weight.name, this.tf.keep(this.tf.tensor(values, [...weight.shape])))
      }
    }
  }

  readWeights(): NamedArray[] {
    return [...this.#weights]
  }

  trainStep(): never {
    throw predictsOnly()
  }

  readTrainingState(): never {
    throw predictsOnly()
  }

  writeTrainingState(): never {
    throw predictsOnly()
  }

  dispose(): void {
    this.tf.dispose([...this.#tensors.values()])
    this.#tensors.clear()
    this.#weights = []
  }
}

const predictsOnly = (): AppError =>
  new AppError('ENGINE_FAILED', 'A network on WebAssembly predicts; it cannot be trained')

function asAppError(cause: unknown): AppError {
  const message = cause instanceof Error ? cause.message : String(cause)
  return /OOM|out of memory|allocat|enlarge memory/i.test(message)
    ? new AppError('OUT_OF_MEMORY', `WebAssembly ran out of memory: ${message}`, { cause })
    : new AppError('ENGINE_FAILED', `WebAssembly could not run the network: ${message}`, { cause })
}
