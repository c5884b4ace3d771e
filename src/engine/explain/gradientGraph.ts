/** The way back from a class to any layer, or to the film itself, as a TensorFlow graph of its own. */
import type { LoadedPackage } from '../models/package.ts'
import { AppError } from '../../shared/errors.ts'
import { GraphBuilder, type Ref } from '../graph/graphBuilder.ts'
import { lowerStep } from '../graph/lowerStep.ts'
import type { Context, Lowered, Value } from '../graph/lowering.ts'
import { inputNames, lowerInput, storageOf } from '../graph/networkGraph.ts'
import { identity, sumOf } from '../graph/ops.ts'
import { primitivesOf, type Primitive } from '../graph/primitives.ts'
import { Session, type HostTensor } from '../graph/session.ts'
import { inferShapes, type ShapedModel } from '../models/shapes.ts'
import { INPUT } from '../models/wiring.ts'

const [SEED, VALUES, GRADIENT] = ['seed', 'values', 'gradient']
const weightName = (name: string) => `weight/${name}`

interface LayerGradients {
  /** Without the batch: [height, width, channels]. */
  readonly shape: readonly number[]
  /** What the layer gave, and the gradient of the class's logit by it; one film after the other. */
  readonly values: Float32Array
  readonly gradients: Float32Array
}

export interface GradientGraph {
  /** `films`: [count, height, width, channels], 0–255. `target` is a class; of two, 0 is the opposite of 1. */
  readonly run: (films: Float32Array, count: number, target: number) => LayerGradients
  /** The same graph with other weights of the same network. */
  readonly with: (weights: LoadedPackage['weights']) => Pick<GradientGraph, 'run'>
  /** Frees the graph. */
  readonly dispose: () => void
}

/**
 * Logits, not probabilities: where a network is sure, the probability's own gradient vanishes. `layer` is a layer's name
 * or «input», then the values are the film as the first layer sees it.
 * Throws BAD_INPUT for a layer that there is not, ENGINE_FAILED without TensorFlow.
 */
export function openGradients(
  { manifest: { spec, preprocessing }, weights }: Pick<LoadedPackage, 'manifest' | 'weights'>,
  layer: string,
): GradientGraph {
  const model = inferShapes(spec)
  const graph = new GraphBuilder()
  const storage = storageOf(spec.input.channels)
  const value = lowerGradients(graph, model, lowerInput(graph, model, storage, preprocessing.scale), layer) // prettier-ignore
  const session = new Session(graph.savedModel())
  const { height, width, channels } = spec.input
  const outputs = model.layers.at(-1)!.outputShape[0]!
  const runWith =
    (these: LoadedPackage['weights']): GradientGraph['run'] =>
    (films, count, target) => {
      const feeds = new Map<string, HostTensor>([
        ...these.map(({ name, shape, values }) => [weightName(name), { shape, values }] as const),
        [inputNames(storage).raw, { shape: [count, height, width, channels], values: films }],
        [SEED, { shape: [count, outputs], values: seedOf(count, outputs, target) }],
      ])
      const [values, gradients] = session.read(feeds, [VALUES, GRADIENT])
      return { shape: value.shape, values: values!, gradients: gradients! }
    }
  return {
    run: runWith(weights),
    with: (others) => ({ run: runWith(others) }),
    dispose: () => session.dispose(),
  }
}

/** One for the class's own logit; one sigmoid output speaks for class 1 and, negated, for class 0. */
function seedOf(count: number, outputs: number, target: number): Float32Array {
  const seed = new Float32Array(count * outputs)
  for (let film = 0; film < count; film++) {
    if (outputs === 1) seed[film] = target === 1 ? 1 : -1
    else seed[film * outputs + target] = 1
  }
  return seed
}

function lowerGradients(
  graph: GraphBuilder,
  model: ShapedModel,
  input: Value,
  layer: string,
): Value {
  const steps = primitivesOf(model)
  const context = inferenceContext(graph)
  const values = new Map<string, Value>([[INPUT, input]])
  const lowered = new Map<string, Lowered>()
  for (const primitive of steps) {
    const inputs = primitive.inputs.map((name) => values.get(name)!)
    const result = graph.within(primitive.name, () => lowerStep(context, primitive, inputs))
    lowered.set(primitive.name, result)
    values.set(primitive.name, result.output)
  }
  const wanted = values.get(layer)
  if (!wanted) throw new AppError('BAD_INPUT', `The model has no layer «${layer}»`)
  const seed = graph.placeholder(SEED, 'float', [-1, model.layers.at(-1)!.outputShape[0]!])
  const gradient = walkBack(graph, steps, lowered, seed, layer)
  if (gradient === undefined) {
    throw new AppError('BAD_INPUT', `Nothing leads from the layer «${layer}» to the end`)
  }
  identity(graph, wanted.ref, VALUES)
  identity(graph, gradient, GRADIENT)
  return wanted
}

/** From the step before the last activation, which makes logits into probabilities, back to `layer`. */
function walkBack(
  graph: GraphBuilder,
  steps: readonly Primitive[],
  lowered: ReadonlyMap<string, Lowered>,
  seed: Ref,
  layer: string,
): Ref | undefined {
  const end = steps.at(-1)!
  const from = end.step.kind === 'activate' ? end.inputs[0]! : end.name
  const leading = stepsFrom(steps, layer)
  const arriving = new Map<string, Ref[]>([[from, [seed]]])
  for (const primitive of [...steps].reverse()) {
    const terms = arriving.get(primitive.name)
    if (primitive.name === layer || terms === undefined || !leading.has(primitive.name)) continue
    const wants = { inputs: true, weights: false }
    const { inputs } = graph.within(`${primitive.name}/back`, () =>
      lowered.get(primitive.name)!.backward(sumOf(graph, terms), wants),
    )
    primitive.inputs.forEach((name, place) => {
      if (leading.has(name)) arriving.set(name, [...(arriving.get(name) ?? []), inputs[place]!])
    })
  }
  const terms = arriving.get(layer)
  return terms && sumOf(graph, terms)
}

/** `layer` and all steps that it reaches. */
function stepsFrom(steps: readonly Primitive[], layer: string): ReadonlySet<string> {
  const reached = new Set([layer])
  for (const { name, inputs } of steps)
    if (inputs.some((one) => reached.has(one))) reached.add(name)
  return reached
}

/** Weights come in with each run; nothing trains, so nothing is drawn and nothing follows. */
function inferenceContext(graph: GraphBuilder): Context {
  const reads = new Map<string, Ref>()
  return {
    graph,
    isTraining: false,
    seed: graph.ints([0, 0]),
    read: ({ name, shape }) => {
      const known = reads.get(name) ?? graph.placeholder(weightName(name), 'float', shape)
      reads.set(name, known)
      return known
    },
    variable: ({ name }) => {
      throw new AppError('INTERNAL', `An explanation changes no weight, yet ${name} was asked for`)
    },
    also: () => undefined,
  }
}
