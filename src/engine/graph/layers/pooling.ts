/** Pools: the largest or the mean of a window, or the mean of a whole image. */
import { inColour, weightless, type Context, type Lowered, type Value } from '../lowering.ts'
import { broadcastTo, floats, mean, reshape, scale, shapeOf } from '../ops.ts'
import type { GraphPrimitive, Step } from '../primitives.ts'
import { gradientByResult } from './activation.ts'
import { poolAttributes } from './sliding.ts'

export function lowerMaxPool(
  { graph }: Context,
  { outputShape }: GraphPrimitive,
  { sliding, after = {} }: Extract<Step, { kind: 'maxPool' }>,
  input: Value,
): Lowered {
  const { bias, activation } = after
  const attributes = poolAttributes(sliding)
  const result = graph.op('MaxPool', [input.ref], attributes)
  return {
    output: { ...input, ref: result, shape: outputShape },
    backward: (outer, wants) => {
      const gradient = activation ? gradientByResult(graph, activation, result, outer) : outer
      return {
        inputs: wants.inputs
          ? [graph.op('MaxPoolGrad', [input.ref, result, gradient], attributes)]
          : [],
        weights:
          bias && wants.weights
            ? [{ weight: bias, gradient: floats(graph, 'BiasAddGrad', gradient) }]
            : [],
      }
    },
  }
}

/** Places outside the image count neither in the sum nor in the number (TensorFlow's rule for `same`). */
export function lowerAveragePool(
  { graph }: Context,
  { outputShape }: GraphPrimitive,
  { sliding }: Extract<Step, { kind: 'averagePool' }>,
  input: Value,
): Lowered {
  const attributes = poolAttributes(sliding)
  return {
    output: {
      ...input,
      ref: graph.op('AvgPool', [input.ref], attributes),
      shape: outputShape,
    },
    backward: weightless((gradient) => [
      graph.op('AvgPoolGrad', [shapeOf(graph, input.ref), gradient], attributes),
    ]),
  }
}

export function lowerGlobalAverage({ graph }: Context, given: Value): Lowered {
  const input = inColour(graph, given)
  const [height, width, channels] = input.shape
  return {
    output: { ...input, ref: mean(graph, input.ref, [1, 2]), shape: [channels!] },
    backward: weightless((gradient) => {
      const share = scale(graph, gradient, 1 / (height! * width!))
      const pixel = reshape(graph, share, [-1, 1, 1, channels!])
      return [broadcastTo(graph, pixel, shapeOf(graph, input.ref))]
    }),
  }
}
