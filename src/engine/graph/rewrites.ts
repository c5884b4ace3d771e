/** Changes of the list of steps that leave every result the same and cost less. */
import type { Activation } from '../../shared/domain/modelSpec.ts'
import type { Primitive } from './primitives.ts'

/**
 * Never falling, so that the largest of a window stays the largest: max f(x) = f(max x). The same holds for adding a
 * bias, in floating point too, as rounding never swaps an order. Swish and gelu dip below zero and softmax mixes
 * channels, so they are not among them.
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
 * Moves max-pools before the bias and the activation that they follow: a 2×2 pool leaves these a quarter of the work,
 * on the way back too. Results are the same to the last bit. So are gradients: where a window's largest value is held
 * by several places they differ only in which of them gets the gradient, and where an activation makes them equal
 * (relu at or below 0, relu6 at or above 6) that gradient is 0.
 */
export function poolFirst(steps: readonly Primitive[]): Primitive[] {
  const rewritten = [...steps]
  for (let at = rewritten.length - 1; at > 0; at--) {
    let pool = at
    while (canSwap(rewritten, pool)) {
      swap(rewritten, pool)
      pool--
    }
  }
  return rewritten
}

function canSwap(steps: readonly Primitive[], at: number): boolean {
  const [before, pool] = [steps[at - 1], steps[at]]
  if (before === undefined || pool?.step.kind !== 'maxPool') return false
  const isMonotone =
    before.step.kind === 'bias' ||
    (before.step.kind === 'activate' && monotone.has(before.step.activation))
  const consumers = steps.filter(({ inputs }) => inputs.includes(before.name))
  return isMonotone && consumers.length === 1 && pool.inputs[0] === before.name
}

/** The pair keeps its two names in order, so that the steps around it need no change. */
function swap(steps: Primitive[], at: number): void {
  const before = steps[at - 1]!
  const pool = steps[at]!
  steps[at - 1] = { ...pool, name: before.name, inputs: before.inputs }
  steps[at] = { ...before, name: pool.name, inputs: pool.inputs, outputShape: pool.outputShape }
}

/** The steps without the last activation: losses start from logits, where they lose no digits. */
export function withoutEnding(steps: readonly Primitive[]): {
  readonly steps: readonly Primitive[]
  readonly logits: string
} {
  const last = steps.at(-1)!
  return { steps: steps.slice(0, -1), logits: last.inputs[0]! }
}
