/** Convolution of each channel on its own, without bias. */
import type { Ref } from '../graphBuilder.ts'
import { inColour, type Context, type Lowered, type Value } from '../lowering.ts'
import { shapeOf } from '../ops.ts'
import type { GraphPrimitive, Step } from '../primitives.ts'
import { convolutionAttributes, withoutDilation } from './sliding.ts'

export function lowerDepthwise(
  { graph, read }: Context,
  { outputShape }: GraphPrimitive,
  { sliding, kernel }: Extract<Step, { kind: 'depthwise' }>,
  given: Value,
): Lowered {
  const input = inColour(graph, given)
  const plain = withoutDilation(graph, sliding, input.shape)
  const attributes = convolutionAttributes(plain.sliding)
  const image = plain.before(input.ref)
  const weights = read(kernel)
  const kernelGradient = (gradient: Ref): Ref =>
    graph.op(
      'DepthwiseConv2dNativeBackpropFilter',
      [image, graph.ints(kernel.shape), gradient],
      attributes,
    )
  const inputGradient = (gradient: Ref): Ref =>
    plain.gradientAfter(
      graph.op(
        'DepthwiseConv2dNativeBackpropInput',
        [shapeOf(graph, image), weights, gradient],
        attributes,
      ),
    )
  const result = graph.op('DepthwiseConv2dNative', [image, weights], attributes)
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
