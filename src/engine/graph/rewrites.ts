/** Changes of the list of steps that leave every result the same and cost less. */
import type { Activation } from '../../shared/domain/modelSpec.ts'
import type { GraphPrimitive, Primitive } from './primitives.ts'

/**
 * Never falling, so that the largest of a window stays the largest, and with a derivative that follows from the result.
 * Swish and gelu dip below zero and softmax mixes channels, so they are not among them.
 */
const monotone: ReadonlySet<Activation> = new Set([
  'linear',
  'relu',
  'relu6',
  'leakyRelu',
  'elu',
  'sigmoid',
])

/**
 * Takes the way back through a bias and an activation that a max-pool follows after the pool and not before it: only
 * the largest value of a window gets a gradient, so a 2×2 pool leaves them a quarter of the work. On the way there
 * TensorFlow fuses both with the convolution. Results are the same to the last bit. So are gradients: where several
 * places hold a window's largest value, one gets it either way, and where an activation makes them equal (relu at or
 * below 0, relu6 at or above 6) it is 0.
 */
export function backwardAtPool(steps: readonly Primitive[]): Primitive[] {
  const rewritten = [...steps]
  for (const [at, pool] of steps.entries()) {
    if (pool.step.kind !== 'maxPool') continue
    const last = onlyBefore(steps, at)
    const activation = last?.step.kind === 'activate' ? last.step.activation : undefined
    if (activation && !monotone.has(activation)) continue
    const first = activation ? onlyBefore(steps, at - 1) : last
    const bias = first?.step.kind === 'bias' ? first.step.bias : undefined
    rewritten[at] = {
      ...pool,
      step: { ...pool.step, after: { ...(bias && { bias }), ...(activation && { activation }) } },
    }
    for (const place of [bias && at - (activation ? 2 : 1), activation && at - 1])
      if (typeof place === 'number') rewritten[place] = marked(steps[place]!)
  }
  return rewritten
}

/** The step before that of this place, if that one takes its result and no other does. */
function onlyBefore(steps: readonly Primitive[], at: number): Primitive | undefined {
  const before = steps[at - 1]
  if (before === undefined) return undefined
  const consumers = steps.filter(({ inputs }) => inputs.includes(before.name))
  return consumers.length === 1 && steps[at]!.inputs[0] === before.name ? before : undefined
}

const marked = (primitive: Primitive): Primitive => {
  const { step } = primitive
  return step.kind === 'bias' || step.kind === 'activate'
    ? { ...primitive, step: { ...step, backwardAtPool: true } }
    : primitive
}

/** Some steps in a row as one. */
export interface Joined {
  readonly primitive: GraphPrimitive
  /** How many these were. */
  readonly length: number
}

/** The steps with those joined that `found` joins from a place on. */
export function joinSteps(
  steps: readonly GraphPrimitive[],
  found: (at: number) => Joined | undefined,
): readonly GraphPrimitive[] {
  const result: GraphPrimitive[] = []
  for (let at = 0; at < steps.length; at++) {
    const joined = found(at)
    result.push(joined?.primitive ?? steps[at]!)
    at += (joined?.length ?? 1) - 1
  }
  return result
}

/** The steps without the last activation: losses start from logits, where they lose no digits. */
export function withoutEnding(steps: readonly Primitive[]): {
  readonly steps: readonly Primitive[]
  readonly logits: string
} {
  const last = steps.at(-1)!
  return { steps: steps.slice(0, -1), logits: last.inputs[0]! }
}
