/** Losses from logits, each with its gradient by them. */
import { assertNever } from '../../shared/assertNever.ts'
import type { Loss } from '../../shared/domain/modelSpec.ts'
import type { Ending } from '../models/shapes.ts'
import * as attribute from './attributes.ts'
import type { GraphBuilder, Ref } from './graphBuilder.ts'
import {
  add,
  cast,
  floats,
  matrixProduct,
  multiply,
  reshape,
  scale,
  shift,
  subtract,
  sum,
} from './ops.ts'

export interface LossInputs {
  /** [films, 1] before the sigmoid, or [films, classes] before the softmax. */
  readonly logits: Ref
  /** [films], int32 class indices. */
  readonly labels: Ref
  /** [films]: weight of each film ÷ films of the whole step. */
  readonly shares: Ref
}

export interface LossParts {
  /** Loss of each film, [films], unweighted. */
  readonly each: Ref
  /** Gradient of Σ shares × loss by the logits. */
  readonly gradient: Ref
}

/** Adds a loss to the graph. */
export function lowerLoss(
  graph: GraphBuilder,
  loss: Loss,
  ending: Ending,
  classes: number,
  inputs: LossInputs,
): LossParts {
  switch (loss.kind) {
    case 'binaryCrossentropy':
      return binary(graph, loss.labelSmoothing, inputs)
    case 'categoricalCrossentropy':
      return categorical(graph, loss.labelSmoothing, classes, inputs)
    case 'focal':
      return ending === 'sigmoid'
        ? binaryFocal(graph, loss.gamma, loss.alpha, inputs)
        : categoricalFocal(graph, loss.gamma, loss.alpha, classes, inputs)
    default:
      return assertNever(loss)
  }
}

/** How many films' likeliest class is their label: a probability above one half, or the largest. */
export function lowerCorrect(graph: GraphBuilder, ending: Ending, inputs: LossInputs): Ref {
  const { logits, labels } = inputs
  const called =
    ending === 'sigmoid'
      ? cast(graph, floats(graph, 'Greater', column(graph, logits), graph.float(0)), 'bool', 'int32') // prettier-ignore
      : graph.op('ArgMax', [logits, graph.int(1)], {
          T: attribute.type('float'),
          output_type: attribute.type('int32'),
        })
  const hits = graph.op('Equal', [called, labels], { T: attribute.type('int32') })
  return sum(graph, cast(graph, hits, 'bool', 'float'), [0])
}

/** max(z, 0) − z·y + log(1 + exp(−|z|)): −log of the label's probability without overflow. */
function binary(graph: GraphBuilder, smoothing: number, inputs: LossInputs): LossParts {
  const z = column(graph, inputs.logits)
  const y = smoothed(graph, cast(graph, inputs.labels, 'int32', 'float'), smoothing, 2)
  const gap = floats(graph, 'Exp', floats(graph, 'Neg', floats(graph, 'Abs', z)))
  const linear = subtract(graph, floats(graph, 'Relu', z), multiply(graph, z, y))
  const slope = subtract(graph, floats(graph, 'Sigmoid', z), y)
  return {
    each: add(graph, linear, floats(graph, 'Log1p', gap)),
    gradient: reshape(graph, multiply(graph, slope, inputs.shares), [-1, 1]),
  }
}

function categorical(
  graph: GraphBuilder,
  smoothing: number,
  classes: number,
  inputs: LossInputs,
): LossParts {
  const y = smoothed(graph, oneHot(graph, inputs.labels, classes), smoothing, classes)
  const each = floats(graph, 'SoftmaxCrossEntropyWithLogits', inputs.logits, y)
  return { each, gradient: multiply(graph, `${each}:1`, asRows(graph, inputs.shares)) }
}

/**
 * −α_y·(1 − p)^γ·log p with the label's probability p = σ(s), s = z or −z, and α_y = α for class 1, 1 − α for class 0.
 * By s: α_y·(1 − p)^γ·(γ·p·log p − (1 − p)).
 */
function binaryFocal(
  graph: GraphBuilder,
  gamma: number,
  alpha: number,
  inputs: LossInputs,
): LossParts {
  const y = cast(graph, inputs.labels, 'int32', 'float')
  const sign = shift(graph, scale(graph, y, 2), -1)
  const s = multiply(graph, column(graph, inputs.logits), sign)
  const p = floats(graph, 'Sigmoid', s)
  const logP = floats(graph, 'Neg', floats(graph, 'Softplus', floats(graph, 'Neg', s)))
  // 1 − p would lose all digits near p = 1.
  const missed = floats(graph, 'Sigmoid', floats(graph, 'Neg', s))
  const balance = shift(graph, scale(graph, y, 2 * alpha - 1), 1 - alpha)
  const factor = multiply(graph, balance, power(graph, missed, gamma))
  const slope = subtract(graph, scale(graph, multiply(graph, p, logP), gamma), missed)
  const bySign = multiply(graph, multiply(graph, factor, slope), sign)
  return {
    each: floats(graph, 'Neg', multiply(graph, factor, logP)),
    gradient: reshape(graph, multiply(graph, bySign, inputs.shares), [-1, 1]),
  }
}

/**
 * −α·(1 − p)^γ·log p with the label's softmax probability p. With the cross-entropy's gradient q − y (q the softmax,
 * y one-hot) it is α·((1 − p)^γ − γ·(1 − p)^(γ−1)·p·log p)·(q − y).
 */
function categoricalFocal(
  graph: GraphBuilder,
  gamma: number,
  alpha: number,
  classes: number,
  inputs: LossInputs,
): LossParts {
  const y = oneHot(graph, inputs.labels, classes)
  const crossEntropy = floats(graph, 'SoftmaxCrossEntropyWithLogits', inputs.logits, y)
  const logP = floats(graph, 'Neg', crossEntropy)
  const p = floats(graph, 'Exp', logP)
  const missed = floats(graph, 'Neg', floats(graph, 'Expm1', logP))
  const focus = scale(graph, power(graph, missed, gamma), alpha)
  // (1 − p)^(γ−1)·log p, finite at p = 1 for every γ: there log p / (1 − p) is −1.
  const safe = floats(graph, 'Maximum', missed, graph.float(1e-30))
  const ratio = floats(graph, 'RealDiv', logP, safe)
  const pull = scale(graph, multiply(graph, focus, multiply(graph, p, ratio)), gamma)
  const slope = multiply(graph, subtract(graph, focus, pull), inputs.shares)
  return {
    each: multiply(graph, focus, crossEntropy),
    gradient: multiply(graph, `${crossEntropy}:1`, asRows(graph, slope)),
  }
}

/** Σ a·b of two vectors, as a scalar. */
export const dot = (graph: GraphBuilder, a: Ref, b: Ref): Ref =>
  reshape(
    graph,
    matrixProduct(graph, reshape(graph, a, [1, -1]), reshape(graph, b, [-1, 1]), 'none'),
    [],
  )

/** y·(1 − s) + s/k, as Keras smooths labels of k classes. */
const smoothed = (graph: GraphBuilder, y: Ref, smoothing: number, classes: number): Ref =>
  shift(graph, scale(graph, y, 1 - smoothing), smoothing / classes)

const power = (graph: GraphBuilder, base: Ref, exponent: number): Ref =>
  floats(graph, 'Pow', base, graph.float(exponent))

/** [films, 1] as [films]. */
const column = (graph: GraphBuilder, a: Ref): Ref => reshape(graph, a, [-1])
/** [films] as [films, 1], to weigh rows. */
const asRows = (graph: GraphBuilder, a: Ref): Ref => reshape(graph, a, [-1, 1])

const oneHot = (graph: GraphBuilder, labels: Ref, classes: number): Ref =>
  graph.op('OneHot', [labels, graph.int(classes), graph.float(1), graph.float(0)], {
    T: attribute.type('float'),
    TI: attribute.type('int32'),
  })
