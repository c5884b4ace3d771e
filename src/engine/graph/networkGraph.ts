/** The whole network as one graph: weights, inference, training steps for grey and colour films, augmentation. */
import type { Scale } from '../../shared/domain/preprocessing.ts'
import type { ShapedModel } from '../models/shapes.ts'
import * as attribute from './attributes.ts'
import { lowerAugmentation } from './augment.ts'
import { fitsBfloat16, lowerBfloat16, roundedWeights, type RoundedWeights } from './bfloat16.ts'
import { foldNormalisation, readFolded, type Folded } from './foldNormalisation.ts'
import { GraphBuilder, type Ref } from './graphBuilder.ts'
import { lowerScale } from './scale.ts'
import { lowerForward } from './differentiate.ts'
import { kernelInstructions } from './kernels.ts'
import { lastImage } from './lastImage.ts'
import { lowerGlobalAverage } from './layers/pooling.ts'
import type { Context, Value } from './lowering.ts'
import { identity } from './ops.ts'
import { poolConvolutions } from './pooledConvolutions.ts'
import { primitivesOf } from './primitives.ts'
import { lowerTraining, trainingInputs, type TrainingInputs } from './trainingGraph.ts'
import { makeWeights, type WeightVariables } from './weightVariables.ts'
import { readVariable } from './variables.ts'

/** How films are stored: one channel, or red, green and blue. */
export type Storage = 'grey' | 'colour'
export const storageOf = (channels: 1 | 3): Storage => (channels === 1 ? 'grey' : 'colour')

/** Names to feed and fetch, for each way of storing films. */
export const inputNames = (storage: Storage) => ({
  /** [films, height, width, channels], uint8. */
  films: `${storage}/films`,
  /** The same as floats; may be fed instead, after augmentation. */
  raw: `${storage}/raw`,
  /** [films, outputs]. */
  probabilities: `${storage}/probabilities`,
  /** [films, channels] of the last image; there is none where the network has no image. */
  features: `${storage}/features`,
})

export interface NetworkGraphOptions {
  readonly scale: Scale
  readonly weightAverage: number | undefined
  readonly inferenceOnly: boolean
}

export interface NetworkGraph {
  readonly savedModel: Buffer
  readonly weights: WeightVariables
  /** Whether it also predicts in bfloat16: for prediction only, and where every step can. */
  readonly hasBfloat16: boolean
}

/** Writes the graph. Nothing runs yet. */
export function buildNetworkGraph(model: ShapedModel, options: NetworkGraphOptions): NetworkGraph {
  const graph = new GraphBuilder()
  const weights = makeWeights(graph, model, options)
  const training = options.inferenceOnly ? undefined : trainingInputs(graph, model, weights)
  const storages: readonly Storage[] =
    model.spec.input.channels === 3 ? ['grey', 'colour'] : ['grey']
  const inference = foldNormalisation(primitivesOf(model))
  const rounded =
    options.inferenceOnly && fitsBfloat16(inference.steps)
      ? roundedWeights(graph, inferenceContext(graph, inference, weights).read)
      : undefined
  for (const storage of storages) {
    const input = lowerInput(graph, model, storage, options.scale)
    lowerInference(graph, storage, input, inference, weights, rounded)
    if (training) lowerStorageTraining(graph, model, storage, input, weights, training)
  }
  if (training) lowerAugmentation(graph, model.spec.input.height, model.spec.input.width)
  rounded?.finish()
  return { savedModel: graph.savedModel(), weights, hasBfloat16: rounded !== undefined }
}

/** The films as the first layer takes them. `raw` may be fed instead of `films`. */
export function lowerInput(
  graph: GraphBuilder,
  { spec: { input }, inputShape }: ShapedModel,
  storage: Storage,
  scaling: Scale,
): Value {
  const names = inputNames(storage)
  const stored = storage === 'grey' ? 1 : 3
  const films = graph.placeholder(names.films, 'uint8', [-1, input.height, input.width, stored])
  const raw = graph.op(
    'Cast',
    [films],
    { SrcT: attribute.type('uint8'), DstT: attribute.type('float') },
    { name: names.raw },
  )
  const value = { ref: raw, shape: inputShape, isGrey: stored < input.channels }
  return lowerScale(graph, scaling, value)
}

function lowerInference(
  graph: GraphBuilder,
  storage: Storage,
  input: Value,
  inference: Folded,
  weights: WeightVariables,
  rounded: RoundedWeights | undefined,
): void {
  const { steps } = inference
  const context = inferenceContext(graph, inference, weights)
  graph.within(`${storage}/infer`, () => {
    const pooled = kernelInstructions() ? poolConvolutions(steps, input.isGrey) : steps
    const { value } = lowerForward(context, pooled, input)
    identity(graph, value(steps.at(-1)!.name).ref, inputNames(storage).probabilities)
    const image = lastImage(steps)
    if (image) {
      const { output } = lowerGlobalAverage(context, value(image.name))
      identity(graph, output.ref, inputNames(storage).features)
    }
  })
  if (rounded) lowerBfloat16({ ...context, read: rounded.read }, storage, steps, input)
}

/** Dropout off, moving statistics; the averaged weights where they are kept. */
function inferenceContext(
  graph: GraphBuilder,
  { folds }: Folded,
  weights: WeightVariables,
): Context {
  const plain = contextOf(graph, weights, 'served', false, '')
  return { ...plain, read: readFolded(graph, folds, plain.read) }
}

function lowerStorageTraining(
  graph: GraphBuilder,
  model: ShapedModel,
  storage: Storage,
  input: Value,
  weights: WeightVariables,
  inputs: TrainingInputs,
): void {
  const alongside: Ref[] = []
  const context = contextOf(graph, weights, 'current', true, inputs.seed, alongside)
  graph.within(`${storage}/train`, () => {
    lowerTraining(context, model, storage, input, weights, inputs, alongside)
  })
}

function contextOf(
  graph: GraphBuilder,
  weights: WeightVariables,
  which: 'current' | 'served',
  isTraining: boolean,
  seed: Ref,
  alongside: Ref[] = [],
): Context {
  const reads = new Map<string, Ref>()
  return {
    graph,
    isTraining,
    seed,
    // One read for each weight, so that an update knows all who use the old value.
    read: ({ name }) => {
      const known = reads.get(name)
      if (known !== undefined) return known
      const made = readVariable(graph, weights[which](name))
      reads.set(name, made)
      return made
    },
    variable: ({ name }) => weights.current(name).handle,
    also: (node) => alongside.push(node),
  }
}
