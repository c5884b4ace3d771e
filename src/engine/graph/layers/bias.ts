/** One number added to every channel. */
import { inColour, type Context, type Lowered, type Value } from '../lowering.ts'
import { floats } from '../ops.ts'
import type { Step } from '../primitives.ts'

export function lowerBias(
  { graph, read }: Context,
  { bias, backwardAtPool }: Extract<Step, { kind: 'bias' }>,
  given: Value,
): Lowered {
  const input = inColour(graph, given)
  return {
    output: { ...input, ref: floats(graph, 'BiasAdd', input.ref, read(bias)) },
    backward: (gradient, wants) => ({
      inputs: wants.inputs ? [gradient] : [],
      weights:
        wants.weights && !backwardAtPool
          ? [{ weight: bias, gradient: floats(graph, 'BiasAddGrad', gradient) }]
          : [],
    }),
  }
}
