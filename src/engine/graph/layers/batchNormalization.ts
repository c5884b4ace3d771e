/** Batch normalisation, by the batch's own statistics or by moving ones. */
import * as attribute from '../attributes.ts'
import type { GraphBuilder, Ref } from '../graphBuilder.ts'
import { inColour, type Context, type Lowered, type Value } from '../lowering.ts'
import { add, cast, divide, floats, multiply, reshape, scale, shift, subtract } from '../ops.ts'
import type { Step } from '../primitives.ts'

export type Normalise = Extract<Step, { kind: 'normalise' }>

/** A frozen layer uses its moving statistics in training too, as Keras does. */
export function lowerNormalisation(context: Context, step: Normalise, given: Value): Lowered {
  const input = inColour(context.graph, given)
  return context.isTraining && !step.isFrozen
    ? byBatch(context, step, input)
    : byMoving(context, step, input)
}

/** (x − mean)·s + β with s = γ/√(variance + ε), as x·s + (β − mean·s). */
function byMoving({ graph, read }: Context, step: Normalise, input: Value): Lowered {
  const { factor, offset } = movingFactors(graph, step, read)
  return {
    output: { ...input, ref: add(graph, multiply(graph, input.ref, factor), offset) },
    // Only a frozen layer gets here in training: its weights have no gradient.
    backward: (gradient, wants) => ({
      inputs: wants.inputs ? [multiply(graph, gradient, factor)] : [],
      weights: [],
    }),
  }
}

/** Normalisation by moving statistics as a factor and an offset for each channel. */
export function movingFactors(
  graph: GraphBuilder,
  step: Normalise,
  read: Context['read'],
): { readonly factor: Ref; readonly offset: Ref } {
  const spread = floats(graph, 'Rsqrt', shift(graph, read(step.movingVariance), step.epsilon))
  const factor = multiply(graph, read(step.gamma), spread)
  const offset = subtract(graph, read(step.beta), multiply(graph, read(step.movingMean), factor))
  return { factor, offset }
}

function byBatch(context: Context, step: Normalise, input: Value): Lowered {
  const { graph, read } = context
  const attributes = {
    T: attribute.type('float'),
    U: attribute.type('float'),
    epsilon: attribute.real(step.epsilon),
    is_training: attribute.flag(true),
    data_format: attribute.text('NHWC'),
  }
  const isUnits = input.shape.length === 1
  const channels = input.shape.at(-1)!
  const image = (ref: Ref): Ref => (isUnits ? reshape(graph, ref, [-1, 1, 1, channels]) : ref)
  const back = (ref: Ref): Ref => (isUnits ? reshape(graph, ref, [-1, channels]) : ref)
  const x = image(input.ref)
  const gamma = read(step.gamma)
  const empty = emptyFloats(graph)
  const normal = graph.op('FusedBatchNormV3', [x, gamma, read(step.beta), empty, empty], attributes)
  followStatistics(context, step, `${normal}:1`, ofTheBatch(graph, step, x, `${normal}:2`))
  return {
    output: { ...input, ref: back(normal) },
    backward: (gradient, wants) => {
      const reserves = [3, 4, 5].map((output) => `${normal}:${output}`)
      const node = graph.op(
        'FusedBatchNormGradV3',
        [image(gradient), x, gamma, ...reserves],
        attributes,
      )
      return {
        inputs: wants.inputs ? [back(node)] : [],
        weights: wants.weights
          ? [
              { weight: step.gamma, gradient: `${node}:1` },
              { weight: step.beta, gradient: `${node}:2` },
            ]
          : [],
      }
    },
  }
}

/** TensorFlow gives the variance of a sample (÷ (n − 1)); Keras 3 and tfjs-layers keep that of the batch itself (÷ n). */
function ofTheBatch(graph: GraphBuilder, step: Normalise, x: Ref, variance: Ref): Ref {
  const values = graph.op('Size', [x], { T: attribute.type('float') })
  const count = scale(graph, cast(graph, values, 'int32', 'float'), 1 / step.gamma.shape[0]!)
  return multiply(graph, variance, divide(graph, shift(graph, count, -1), count))
}

/** Moving statistics follow the batch's; `variance` ÷ n. */
export function followStatistics(
  context: Context,
  step: Normalise,
  mean: Ref,
  variance: Ref,
): void {
  const { graph } = context
  for (const [weight, seen] of [
    [step.movingMean, mean],
    [step.movingVariance, variance],
  ] as const) {
    const change = scale(graph, subtract(graph, context.read(weight), seen), 1 - step.momentum)
    context.also(
      graph.op('AssignSubVariableOp', [context.variable(weight), change], {
        dtype: attribute.type('float'),
      }),
    )
  }
}

/** In training no statistics go in. */
const emptyFloats = (graph: GraphBuilder): Ref =>
  graph.op('Const', [], {
    dtype: attribute.type('float'),
    value: attribute.tensor('float', [0], []),
  })
