/**
 * In prediction batch normalisation is a factor and an offset for each channel, so right after a convolution or a dense
 * layer it goes into kernel and bias: (k∗x + b)·s + o = (k·s)∗x + (b·s + o). That is exact up to rounding, costs a
 * product of the size of the kernel instead of the image, and lets TensorFlow fuse convolution, bias and activation.
 */
import type { WeightSpec } from '../models/layerWeights.ts'
import type { GraphBuilder, Ref } from './graphBuilder.ts'
import { movingFactors, type Normalise } from './layers/batchNormalization.ts'
import type { Context } from './lowering.ts'
import { add, multiply, reshape } from './ops.ts'
import { weightsOfStep, type Primitive } from './primitives.ts'

interface Fold {
  readonly normalise: Normalise
  /** What a weight of the step becomes: k·s, b·s + o, or o where there is no bias. */
  readonly becomes: 'kernel' | 'bias' | 'offset'
}

export interface Folded {
  readonly steps: readonly Primitive[]
  /** By name of the weight that is read. */
  readonly folds: ReadonlyMap<string, Fold>
}

/** The steps without the normalisations that can be folded; while others learn, only those of frozen layers can. */
export function foldNormalisation(
  steps: readonly Primitive[],
  which: 'all' | 'frozen' = 'all',
): Folded {
  const folds = new Map<string, Fold>()
  const kept: Primitive[] = []
  for (const primitive of steps) {
    const { step } = primitive
    const before = kept.at(-1)
    const bias = before?.step.kind === 'bias' ? before : undefined
    const linear = bias ? kept.at(-2) : before
    if (
      step.kind !== 'normalise' ||
      linear === undefined ||
      !isLinear(linear) ||
      !feedsOnly(steps, linear.name, (bias ?? primitive).name) ||
      (which === 'frozen' && ![linear, bias, primitive].every(isFrozen)) ||
      (bias && !feedsOnly(steps, bias.name, primitive.name))
    ) {
      kept.push(primitive)
      continue
    }
    folds.set(linear.step.kernel.name, { normalise: step, becomes: 'kernel' })
    if (bias?.step.kind === 'bias') {
      kept.pop()
      folds.set(bias.step.bias.name, { normalise: step, becomes: 'bias' })
      kept.push({ ...bias, name: primitive.name })
    } else {
      folds.set(step.beta.name, { normalise: step, becomes: 'offset' })
      kept.push({ ...primitive, step: { kind: 'bias', bias: step.beta } })
    }
  }
  return { steps: kept, folds }
}

/** Reads weights with the normalisations that were folded into them. */
export function readFolded(
  graph: GraphBuilder,
  folds: Folded['folds'],
  read: Context['read'],
): Context['read'] {
  return (weight: WeightSpec): Ref => {
    const fold = folds.get(weight.name)
    if (fold === undefined) return read(weight)
    const { factor, offset } = movingFactors(graph, fold.normalise, read)
    if (fold.becomes === 'offset') return offset
    const value = read(weight)
    if (fold.becomes === 'bias') return add(graph, multiply(graph, value, factor), offset)
    // A depthwise kernel ends in [channels, multiplier], which are the channels of its result.
    const outputs = fold.normalise.gamma.shape[0]!
    const isDepthwise = weight.shape.at(-1) !== outputs
    const spread = isDepthwise ? reshape(graph, factor, weight.shape.slice(-2)) : factor
    return multiply(graph, value, spread)
  }
}

type Linear = Primitive & {
  readonly step: Extract<Primitive['step'], { kind: 'convolve' | 'depthwise' | 'product' }>
}

/** None of its weights learns, and statistics of a batch are not looked at. */
const isFrozen = (primitive: Primitive | undefined): boolean =>
  primitive === undefined ||
  (primitive.step.kind === 'normalise'
    ? primitive.step.isFrozen
    : weightsOfStep(primitive.step).every(({ trainable }) => !trainable))

const isLinear = (primitive: Primitive): primitive is Linear =>
  ['convolve', 'depthwise', 'product'].includes(primitive.step.kind)

/** Whether nobody but `consumer` takes the result of `name`. */
export function feedsOnly(
  steps: readonly Pick<Primitive, 'name' | 'inputs'>[],
  name: string,
  consumer: string,
): boolean {
  const consumers = steps.filter(({ inputs }) => inputs.includes(name))
  return consumers.length === 1 && consumers[0]!.name === consumer
}
