/** A 3×3 convolution with bias, relu or nothing, and a 2×2 max-pool, by our own operations (`native/operations.cc`). */
import * as attribute from '../attributes.ts'
import type { Context, Lowered, Value } from '../lowering.ts'
import { broadcastTo, sum } from '../ops.ts'
import type { GraphPrimitive, PooledConvolve } from '../primitives.ts'

export function lowerPooledConvolution(
  { graph, read, isTraining }: Context,
  { outputShape }: Pick<GraphPrimitive, 'outputShape'>,
  { sliding, kernel, bias, hasRelu }: PooledConvolve,
  input: Value,
): Lowered {
  const [, , channels, filters] = kernel.shape
  // As for a convolution, all channels of a grey film share the sum of their kernels.
  const isSpread = input.isGrey && channels! > 1
  const weights = isSpread ? sum(graph, read(kernel), [2], true) : read(kernel)
  const isGrey = input.isGrey || channels === 1
  const options = {
    relu: attribute.flag(hasRelu),
    pad: attribute.flag(sliding.padding === 'same'),
  }

  const inputs = [input.ref, weights, read(bias)]
  const result = isGrey
    ? graph.op('PneumoscopeGreyConvolutionPool', inputs, options)
    : graph.op('PneumoscopeConvolutionPool', inputs, {
        ...options,
        exact: attribute.flag(isTraining),
      })
  return {
    output: { ref: result, shape: outputShape, isGrey: false },
    backward: (gradient, wants) => {
      const node = graph.op(
        'PneumoscopeConvolutionPoolGradient',
        [input.ref, weights, gradient, result, `${result}:1`],
        { ...options, wants_image: attribute.flag(wants.inputs) },
      )
      const kernelGradient = isSpread
        ? broadcastTo(graph, `${node}:1`, graph.ints([3, 3, channels!, filters!]))
        : `${node}:1`
      return {
        inputs: wants.inputs ? [node] : [],
        weights: wants.weights
          ? [
              { weight: kernel, gradient: kernelGradient },
              { weight: bias, gradient: `${node}:2` },
            ]
          : [],
      }
    },
  }
}
