/** A dense layer's matrix product, without bias. */
import type { Context, Lowered, Value } from '../lowering.ts'
import { matrixProduct } from '../ops.ts'
import type { GraphPrimitive, Step } from '../primitives.ts'

export function lowerProduct(
  { graph, read }: Context,
  { outputShape }: GraphPrimitive,
  { kernel }: Extract<Step, { kind: 'product' }>,
  input: Value,
): Lowered {
  const weights = read(kernel)
  return {
    output: {
      ref: matrixProduct(graph, input.ref, weights, 'none'),
      shape: outputShape,
      isGrey: false,
    },
    backward: (gradient, wants) => ({
      inputs: wants.inputs ? [matrixProduct(graph, gradient, weights, 'b')] : [],
      weights: wants.weights
        ? [{ weight: kernel, gradient: matrixProduct(graph, input.ref, gradient, 'a') }]
        : [],
    }),
  }
}
