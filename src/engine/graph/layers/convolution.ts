/** Convolution over all channels, without bias. */
import * as attribute from '../attributes.ts'
import type { Ref } from '../graphBuilder.ts'
import type { Context, Lowered, Value } from '../lowering.ts'
import { broadcastTo, shapeOf, sum } from '../ops.ts'
import type { GraphPrimitive, Step } from '../primitives.ts'
import { convolutionAttributes, withoutDilation } from './sliding.ts'

export type Convolve = Extract<Step, { kind: 'convolve' }>

/**
 * On a grey film taken as three colours, Σ_c x·w_c = x·Σ_c w_c: the kernel is summed over its input channels and runs
 * over the one stored channel, a third of the work. Every w_c has the gradient of that sum.
 */
export function lowerConvolution(
  { graph, read }: Context,
  { outputShape }: GraphPrimitive,
  { sliding, kernel }: Convolve,
  input: Value,
): Lowered {
  const plain = withoutDilation(graph, sliding, input.shape)
  const attributes = convolutionAttributes(plain.sliding)
  const image = plain.before(input.ref)
  const weights = read(kernel)
  const used = input.isGrey ? sum(graph, weights, [2], true) : weights
  const [rows, columns, channels, filters] = kernel.shape
  const usedShape = [rows!, columns!, input.isGrey ? 1 : channels!, filters!]
  const kernelGradient = (gradient: Ref): Ref => {
    const folded = graph.op(
      'Conv2DBackpropFilter',
      [image, graph.ints(usedShape), gradient],
      attributes,
    )
    return input.isGrey ? broadcastTo(graph, folded, graph.ints(kernel.shape)) : folded
  }
  const inputGradient = (gradient: Ref): Ref =>
    plain.gradientAfter(
      graph.op('Conv2DBackpropInput', [shapeOf(graph, image), used, gradient], attributes),
    )
  const result = graph.op('Conv2D', [image, used], {
    ...attributes,
    dilations: attribute.ints([1, 1, 1, 1]),
  })
  return {
    output: { ref: plain.after(result), shape: outputShape, isGrey: false },
    backward: (outer, wants) => {
      const gradient = plain.gradientBefore(outer)
      return {
        inputs: wants.inputs ? [inputGradient(gradient)] : [],
        weights: wants.weights ? [{ weight: kernel, gradient: kernelGradient(gradient) }] : [],
      }
    },
  }
}
