/** Training steps: a whole batch at once, or in pieces whose gradients are added up and then applied. */
import { sizeOf, type WeightSpec } from '../models/layerWeights.ts'
import type { ShapedModel } from '../models/shapes.ts'
import { foldNormalisation, readFolded } from './foldNormalisation.ts'
import { lowerForward, type WeightGradient } from './differentiate.ts'
import type { GraphBuilder, Ref } from './graphBuilder.ts'
import type { Context, Value } from './lowering.ts'
import { dot, lowerCorrect, lowerLoss, type LossInputs } from './losses.ts'
import { add, floats, identity, multiply, scale, subtract, sumOf } from './ops.ts'
import { lowerUpdates, withPenalty, type StepScalars, type Update } from './optimisers.ts'
import { primitivesOf } from './primitives.ts'
import { withoutEnding } from './rewrites.ts'
import { trainingSteps } from './trainingSteps.ts'
import { change, readVariable } from './variables.ts'
import type { WeightVariables } from './weightVariables.ts'

/** Names to feed in every training step. */
export const trainNames = {
  /** [films], int32. */
  labels: 'train/labels',
  /** [films]: weight ÷ films of the whole step; times what part of the film counts as its label. */
  shares: 'train/shares',
  /** What else the films count as (see `mixing.ts`); shares of 0 where that is nothing. */
  otherLabels: 'train/otherLabels',
  otherShares: 'train/otherShares',
  /** Two int32. */
  seed: 'train/seed',
  learningRate: 'train/learningRate',
  beta1Power: 'train/beta1Power',
  beta2Power: 'train/beta2Power',
  averageShare: 'train/averageShare',
  /** Fetched after the pieces: updates the weights by the sum; gives the penalty. */
  apply: 'train/apply',
} as const

/** Fetched for a batch or a piece; each gives Σ shares × loss (the whole step's with the penalty). */
export const stepNames = (storage: string) => ({
  whole: `${storage}/step`,
  firstPiece: `${storage}/first`,
  nextPiece: `${storage}/next`,
  correct: `${storage}/correct`,
})

interface LabelInputs {
  readonly labels: Ref
  readonly shares: Ref
}

export interface TrainingInputs {
  readonly own: LabelInputs
  readonly other: LabelInputs
  readonly seed: Ref
  readonly scalars: StepScalars
  /** How far averaged weights go towards the current ones in this step. */
  readonly averageShare: Ref
}

/** Adds what all ways of training share: the fed scalars, and the update by summed gradients. */
export function trainingInputs(
  graph: GraphBuilder,
  model: ShapedModel,
  weights: WeightVariables,
): TrainingInputs {
  const labelInputs = (labels: string, shares: string): LabelInputs => ({
    labels: graph.placeholder(labels, 'int32', [-1]),
    shares: graph.placeholder(shares, 'float', [-1]),
  })
  const inputs = {
    own: labelInputs(trainNames.labels, trainNames.shares),
    other: labelInputs(trainNames.otherLabels, trainNames.otherShares),
    seed: graph.placeholder(trainNames.seed, 'int32', [2]),
    scalars: {
      learningRate: graph.placeholder(trainNames.learningRate, 'float', []),
      beta1Power: graph.placeholder(trainNames.beta1Power, 'float', []),
      beta2Power: graph.placeholder(trainNames.beta2Power, 'float', []),
    },
    averageShare: graph.placeholder(trainNames.averageShare, 'float', []),
  }
  const summed = weights.trainable.map((weight) => ({
    weight,
    gradient: readVariable(graph, weights.sum(weight.name)),
  }))
  const reads = new Map<string, Ref>()
  const read = ({ name }: WeightSpec): Ref => {
    const ref = reads.get(name) ?? readVariable(graph, weights.current(name))
    reads.set(name, ref)
    return ref
  }
  const { penalty, done } = lowerUpdate(graph, model, weights, inputs, read, summed)
  identity(graph, penalty, trainNames.apply, done)
  return inputs
}

/** Adds forward, backward and update for films of one storage. */
export function lowerTraining(
  context: Context,
  model: ShapedModel,
  storage: string,
  input: Value,
  weights: WeightVariables,
  inputs: TrainingInputs,
  alongside: readonly Ref[],
): void {
  const { graph } = context
  const names = stepNames(storage)
  const { steps, logits } = withoutEnding(primitivesOf(model))
  const { steps: folded, folds } = foldNormalisation(steps, 'frozen')
  const reading = { ...context, read: readFolded(graph, folds, context.read) }
  const { value, backward } = lowerForward(reading, trainingSteps(folded, input.isGrey), input)
  const ends = { logits: value(logits).ref, ...inputs.own }
  const { total, gradient } = lowerMixedLoss(graph, model, [ends, { ...ends, ...inputs.other }])
  identity(graph, lowerCorrect(graph, model.ending, ends), names.correct)
  const gradients = backward(logits, gradient)
  for (const [name, how] of [
    [names.firstPiece, 'Assign'],
    [names.nextPiece, 'AssignAdd'],
  ] as const) {
    const kept = gradients.map((one) =>
      change(graph, how, weights.sum(one.weight.name), one.gradient),
    )
    identity(graph, total, name, [...kept, ...alongside])
  }
  const { penalty, done } = lowerUpdate(graph, model, weights, inputs, context.read, gradients)
  identity(graph, add(graph, total, penalty), names.whole, [...done, ...alongside])
}

/** Σ shares × loss by each set of labels, with its gradient by the logits. */
function lowerMixedLoss(
  graph: GraphBuilder,
  { spec: { loss, classes }, ending }: ShapedModel,
  labelled: readonly LossInputs[],
): { readonly total: Ref; readonly gradient: Ref } {
  const parts = labelled.map((inputs) => {
    const { each, gradient } = lowerLoss(graph, loss, ending, classes, inputs)
    return { total: dot(graph, each, inputs.shares), gradient }
  })
  return {
    total: sumOf(
      graph,
      parts.map(({ total }) => total),
    ),
    gradient: sumOf(
      graph,
      parts.map(({ gradient }) => gradient),
    ),
  }
}

/** Penalties, optimiser and averages for these gradients. */
function lowerUpdate(
  graph: GraphBuilder,
  model: ShapedModel,
  weights: WeightVariables,
  inputs: TrainingInputs,
  read: (weight: WeightSpec) => Ref,
  gradients: readonly WeightGradient[],
): { readonly penalty: Ref; readonly done: readonly Ref[] } {
  const penalty = numericOnly(graph, penaltyOf(graph, read, gradients), read, gradients)
  const penalised = gradients.map(({ weight, gradient }) => ({
    weight,
    gradient: weight.l2 === 0 ? gradient : withPenalty(graph, weight, read(weight), gradient),
  }))
  const updates: Update[] = penalised.map(({ weight, gradient }) => ({
    weight,
    gradient,
    variable: weights.current(weight.name),
    slots: weights.slots(weight.name),
    readers: graph.consumersOf(read(weight)),
  }))
  const applied = lowerUpdates(graph, model.spec.optimiser, inputs.scalars, updates)
  const averaged = updates.map(({ weight }, place) => {
    const average = weights.average(weight.name)
    if (average === undefined) return applied[place]!
    // average −= share·(average − weight), with the weight after its step.
    const after = readVariable(graph, weights.current(weight.name), [applied[place]!])
    const gap = subtract(graph, readVariable(graph, average), after)
    return change(graph, 'AssignSub', average, multiply(graph, gap, inputs.averageShare))
  })
  return { penalty, done: averaged }
}

/** Larger weights belong to dense layers, whose results show in the loss what is no number. */
const LARGEST_WATCHED = 2 ** 20

/**
 * The penalty, or no number where a weight or its gradient is none: relu and max-pools may swallow that on the way to the
 * loss, and a part of the network would be lost unseen.
 */
function numericOnly(
  graph: GraphBuilder,
  penalty: Ref,
  read: (weight: WeightSpec) => Ref,
  gradients: readonly WeightGradient[],
): Ref {
  const watched = gradients.filter(({ weight }) => sizeOf(weight.shape) <= LARGEST_WATCHED)
  if (watched.length === 0) return penalty
  const halves = watched
    .flatMap(({ weight, gradient }) => [read(weight), gradient])
    .map((values) => floats(graph, 'L2Loss', values))
  const isNumber = floats(graph, 'IsFinite', sumOf(graph, halves))
  return floats(graph, 'SelectV2', isNumber, penalty, graph.float(Number.NaN))
}

/** Σ λ·Σw² over the penalised kernels that learn. L2Loss is half the sum of squares. */
function penaltyOf(
  graph: GraphBuilder,
  read: (weight: WeightSpec) => Ref,
  gradients: readonly WeightGradient[],
): Ref {
  const penalised = gradients.filter(({ weight }) => weight.l2 > 0)
  if (penalised.length === 0) return graph.float(0)
  const terms = penalised.map(({ weight }) =>
    scale(graph, floats(graph, 'L2Loss', read(weight)), 2 * weight.l2),
  )
  return sumOf(graph, terms)
}
