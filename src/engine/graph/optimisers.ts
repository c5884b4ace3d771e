/** One update of the weights from their gradients, by TensorFlow's own fused kernels, which follow Keras 3's formulas. */
import { assertNever } from '../../shared/assertNever.ts'
import type { Optimiser } from '../../shared/domain/modelSpec.ts'
import type { WeightSpec } from '../models/layerWeights.ts'
import * as attribute from './attributes.ts'
import type { GraphBuilder, Ref } from './graphBuilder.ts'
import { divide, floats, multiply, scale, sumOf } from './ops.ts'
import { change, type Variable } from './variables.ts'

/** Names of the arrays that an optimiser keeps for every trainable weight. */
export function slotNames(optimiser: Optimiser): readonly string[] {
  switch (optimiser.kind) {
    case 'sgd':
      return []
    case 'momentum':
      return ['momentum']
    case 'adam':
    case 'adamw':
      return ['mean', 'variance']
    case 'rmsprop':
      return ['meanSquare', 'momentum']
    default:
      return assertNever(optimiser)
  }
}

/** What an update takes from our side, as scalars. */
export interface StepScalars {
  readonly learningRate: Ref
  /** β₁ᵗ and β₂ᵗ of the step t that is made (from 1). */
  readonly beta1Power: Ref
  readonly beta2Power: Ref
}

export interface Update {
  readonly weight: WeightSpec
  readonly variable: Variable
  readonly slots: readonly Variable[]
  readonly gradient: Ref
  /** Nodes that use the weight's old value: they run first, so that it is changed in place and not copied. */
  readonly readers: readonly Ref[]
}

const float = { T: attribute.type('float') }

/** Adds the updates to the graph; gives the nodes that make them. */
export function lowerUpdates(
  graph: GraphBuilder,
  optimiser: Optimiser,
  scalars: StepScalars,
  updates: readonly Update[],
): Ref[] {
  const clipped = clip(graph, optimiser.clipNorm, updates)
  return clipped.map((update) =>
    graph.within(`update/${update.weight.name}`, () =>
      lowerUpdate(graph, optimiser, scalars, update),
    ),
  )
}

/** The gradient of the penalty λ·Σw² is 2λ·w. */
export function withPenalty(
  graph: GraphBuilder,
  weight: WeightSpec,
  value: Ref,
  gradient: Ref,
): Ref {
  return weight.l2 === 0
    ? gradient
    : floats(graph, 'AddV2', gradient, scale(graph, value, 2 * weight.l2))
}

/** All gradients × clipNorm ÷ their joint norm, where that is larger. */
function clip(
  graph: GraphBuilder,
  clipNorm: number | undefined,
  updates: readonly Update[],
): readonly Update[] {
  if (clipNorm === undefined || updates.length === 0) return updates
  // L2Loss is half the sum of squares.
  const halves = updates.map(({ gradient }) => floats(graph, 'L2Loss', gradient))
  const norm = floats(graph, 'Sqrt', scale(graph, sumOf(graph, halves), 2))
  const limit = graph.float(clipNorm)
  const factor = divide(graph, limit, floats(graph, 'Maximum', norm, limit))
  return updates.map((update) => ({
    ...update,
    gradient: multiply(graph, update.gradient, factor),
  }))
}

function lowerUpdate(
  graph: GraphBuilder,
  optimiser: Optimiser,
  { learningRate, beta1Power, beta2Power }: StepScalars,
  { weight, variable, slots, gradient, readers }: Update,
): Ref {
  const handles = [variable, ...slots].map(({ handle }) => handle)
  const apply = (operation: string, inputs: readonly Ref[], attributes = {}, after = readers) =>
    graph.op(operation, [...handles, ...inputs], { ...float, ...attributes }, { after })
  const constants = (...values: readonly number[]) => values.map((value) => graph.float(value))
  switch (optimiser.kind) {
    case 'sgd':
      return apply('ResourceApplyGradientDescent', [learningRate, gradient])
    case 'momentum':
      return apply(
        'ResourceApplyKerasMomentum',
        [learningRate, gradient, graph.float(optimiser.momentum)],
        { use_nesterov: attribute.flag(optimiser.nesterov) },
      )
    case 'adam':
    case 'adamw': {
      // w −= lr·√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m/(√v + ε): ε stands outside the correction, as in Keras 3.
      const { beta1, beta2, epsilon } = optimiser
      const inputs = [
        beta1Power,
        beta2Power,
        learningRate,
        ...constants(beta1, beta2, epsilon),
        gradient,
      ]
      const isDecayed = optimiser.kind === 'adamw' && weight.kernel && optimiser.weightDecay > 0
      if (!isDecayed) return apply('ResourceApplyAdam', inputs)
      return apply('ResourceApplyAdam', inputs, {}, [
        decay(graph, variable, learningRate, optimiser.weightDecay, [gradient, ...readers]),
      ])
    }
    case 'rmsprop':
      return apply('ResourceApplyRMSProp', [
        learningRate,
        ...constants(optimiser.rho, optimiser.momentum, optimiser.epsilon),
        gradient,
      ])
    default:
      return assertNever(optimiser)
  }
}

/** w −= lr·decay·w, before the gradient's own step. */
function decay(
  graph: GraphBuilder,
  variable: Variable,
  learningRate: Ref,
  rate: number,
  after: readonly Ref[],
): Ref {
  const value = graph.op(
    'ReadVariableOp',
    [variable.handle],
    { dtype: attribute.type('float') },
    { after },
  )
  const loss = multiply(graph, value, scale(graph, learningRate, rate))
  return change(graph, 'AssignSub', variable, loss)
}
