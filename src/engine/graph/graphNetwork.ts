/** The network that computes in one TensorFlow graph. */
import { AppError } from '../../shared/errors.ts'
import { inferShapes, type ShapedModel } from '../models/shapes.ts'
import { averageShareAt } from './averageShare.ts'
import { bfloat16Features, bfloat16Probabilities, ROUND_WEIGHTS } from './bfloat16.ts'
import { checkFilms, checkTrainBatch } from './batchChecks.ts'
import { initialWeights } from './initialWeights.ts'
import { lastImage } from './lastImage.ts'
import { affordablePiece } from './memoryLimit.ts'
import type {
  FilmBatch,
  NamedArray,
  Network,
  NetworkOptions,
  PredictionWithFeatures,
  StepFigures,
  TrainBatch,
} from './network.ts'
import { buildNetworkGraph, inputNames, storageOf } from './networkGraph.ts'
import { primitivesOf } from './primitives.ts'
import { Session } from './session.ts'
import { runStep } from './trainRun.ts'
import { unkeptResults } from './unkeptResults.ts'
import { readVariables, refuseUnknown, writeVariables } from './weightTransfer.ts'
import { RESET, type WeightVariables } from './weightVariables.ts'

/** Films that are scored at once: more gain nothing and need more memory. In bfloat16 twice as many fit. */
const FILMS_PER_PREDICTION = 16
/** Steps made so far, in the training state. */
const STEP = 'optimiser/step'

/**
 * A network with fresh weights. Throws BAD_INPUT when the layers do not fit each other, ENGINE_FAILED when TensorFlow
 * cannot be loaded. Its memory is freed by `dispose`.
 */
export function createGraphNetwork(options: NetworkOptions): Network {
  const model = inferShapes(options.spec)
  const { savedModel, weights, hasBfloat16 } = buildNetworkGraph(model, {
    scale: options.scale,
    weightAverage: options.weightAverage,
    inferenceOnly: options.inferenceOnly === true,
  })
  const network = new GraphNetwork(options, model, weights, new Session(savedModel), hasBfloat16)
  try {
    network.writeWeights(initialWeights(weights.specs, options.seed))
  } catch (cause) {
    network.dispose()
    throw cause
  }
  return network
}

class GraphNetwork implements Network {
  readonly spec
  /** Optimiser steps made so far. */
  #step = 0
  /** Whether the weights in bfloat16 are those of the last `writeWeights`. */
  #areRounded = false
  readonly predictInBfloat16
  readonly predictWithFeaturesInBfloat16
  /** Of the last image; 0 where there is none. */
  readonly #channels: number

  constructor(
    private readonly options: NetworkOptions,
    private readonly model: ShapedModel,
    private readonly weights: WeightVariables,
    private readonly session: Session,
    hasBfloat16: boolean,
  ) {
    this.spec = options.spec
    this.predictInBfloat16 = hasBfloat16
      ? (films: FilmBatch) => this.#predictRounded(films, false).probabilities
      : undefined
    this.predictWithFeaturesInBfloat16 = hasBfloat16
      ? (films: FilmBatch) => this.#predictRounded(films, true)
      : undefined
    this.#channels = lastImage(primitivesOf(model))?.channels ?? 0
  }

  trainStep(batch: TrainBatch, learningRate: number): StepFigures {
    if (this.weights.trainable.length === 0)
      throw new AppError('BAD_INPUT', `${this.spec.name} has no weights to train`)
    checkTrainBatch(this.spec, batch)
    const { memoryBudgetBytes, weightAverage } = this.options
    const { count, channels } = batch.films
    const unkept = unkeptResults(this.model, channels === 1)
    const most = affordablePiece(this.model, count, memoryBudgetBytes, unkept)
    const step = this.#step + 1
    const rates = { learningRate, step, averageShare: averageShareAt(step, weightAverage) }
    const { loss, correct } = namingBudget(memoryBudgetBytes, () =>
      runStep(this.session, this.spec, batch, most, rates),
    )
    this.#step++
    if (!Number.isFinite(loss))
      throw new AppError('NUMERIC', `The loss of step ${this.#step} is ${loss}`)
    return { lossSum: loss * count, correct, count }
  }

  predict(films: FilmBatch): Float32Array {
    const { probabilities } = inputNames(storageOf(films.channels))
    return this.#score(films, [probabilities], FILMS_PER_PREDICTION).probabilities
  }

  predictWithFeatures(films: FilmBatch): PredictionWithFeatures {
    const { probabilities, features } = inputNames(storageOf(films.channels))
    return this.#score(films, [probabilities, features], FILMS_PER_PREDICTION)
  }

  #predictRounded(films: FilmBatch, withFeatures: boolean): PredictionWithFeatures {
    if (!this.#areRounded) this.session.read(new Map(), [ROUND_WEIGHTS])
    this.#areRounded = true
    const storage = storageOf(films.channels)
    const fetches = [bfloat16Probabilities(storage), bfloat16Features(storage)]
    return this.#score(films, withFeatures ? fetches : fetches.slice(0, 1), 2 * FILMS_PER_PREDICTION) // prettier-ignore
  }

  /** `fetches`: probabilities, and features where they are wanted. */
  #score(films: FilmBatch, fetches: readonly string[], most: number): PredictionWithFeatures {
    checkFilms(this.spec, films)
    const { height, width } = this.spec.input
    const names = inputNames(storageOf(films.channels))
    const length = height * width * films.channels
    const outputs = this.model.layers.at(-1)!.outputShape[0]!
    const probabilities = new Float32Array(films.count * outputs)
    const channels = fetches.length > 1 ? this.#channels : 0
    const features = new Float32Array(films.count * channels)
    const wanted = channels > 0 ? fetches : fetches.slice(0, 1)
    for (let start = 0; start < films.count; start += most) {
      const end = Math.min(films.count, start + most)
      const shape = [end - start, height, width, films.channels]
      const values = films.pixels.subarray(start * length, end * length)
      const feeds = new Map([[names.films, { shape, values }]])
      const [scores, pooled] = this.session.read(feeds, wanted)
      probabilities.set(scores!, start * outputs)
      if (pooled) features.set(pooled, start * channels)
    }
    return { probabilities, features }
  }

  readWeights(kind: 'current' | 'averaged'): NamedArray[] {
    const { specs, current, served } = this.weights
    const from = kind === 'current' ? current : served
    return readVariables(
      this.session,
      specs.map(({ name }) => from(name)),
      plainName,
    )
  }

  /** Averages start from these weights, and the optimiser anew. */
  writeWeights(weights: readonly NamedArray[]): void {
    refuseUnknown(weights, new Set(this.weights.specs.map(({ name }) => name)))
    this.#write('weights', weights, plainName)
    this.session.read(new Map(), [RESET])
    this.#step = 0
    this.#areRounded = false
  }

  readTrainingState(): NamedArray[] {
    const { weights, averages, slots } = this.weights.groups
    return [
      { name: STEP, shape: [1], values: Float32Array.of(this.#step) },
      ...readVariables(this.session, [...slots, ...(averages.length > 0 ? weights : [])], sameName),
      ...readVariables(this.session, averages, sameName),
    ]
  }

  writeTrainingState(state: readonly NamedArray[]): void {
    const step = state.find(({ name }) => name === STEP)?.values[0]
    if (step === undefined)
      throw new AppError('BAD_MODEL', 'The training state does not say how many steps were made')
    const { weights, averages, slots } = this.weights.groups
    refuseUnknown(
      state,
      new Set([STEP, ...[...weights, ...averages, ...slots].map(({ name }) => name)]),
    )
    if (averages.length > 0) this.#write('weights', state, sameName)
    this.#write('averages', state, sameName)
    this.#write('slots', state, sameName)
    this.#step = step
  }

  dispose(): void {
    this.session.dispose()
  }

  #write(
    group: keyof WeightVariables['groups'],
    arrays: readonly NamedArray[],
    rename: (name: string) => string,
  ): void {
    writeVariables(this.session, group, this.weights.groups[group], rename, arrays)
  }
}

/** `weight/conv2d_1/kernel` and `average/conv2d_1/kernel` are `conv2d_1/kernel` outside. */
const plainName = (name: string): string => name.slice(name.indexOf('/') + 1)
const sameName = (name: string): string => name

function namingBudget<T>(budgetBytes: number, run: () => T): T {
  try {
    return run()
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'OUT_OF_MEMORY') throw cause
    throw new AppError(
      'OUT_OF_MEMORY',
      `A training step needs more memory than there is (budget ${Math.round(budgetBytes / 1e6)} MB). Lower the memory budget, the batch size or the input size.`,
      { cause },
    )
  }
}
