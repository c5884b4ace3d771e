/** Convolution of each channel on its own, without bias. */
import type { Shape } from '../../models/layerShape.ts'
import * as attribute from '../attributes.ts'
import type { Attribute } from '../attributes.ts'
import type { Ref } from '../graphBuilder.ts'
import { CHANNEL_MULTIPLE, kernelInstructions } from '../kernels.ts'
import { inColour, type Context, type Lowered, type Value } from '../lowering.ts'
import { shapeOf } from '../ops.ts'
import type { GraphPrimitive, Sliding, Step } from '../primitives.ts'
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
  const ownOptions = kernelInstructions() && ownGradientOptions(sliding, kernel.shape, input.shape)
  const kernelGradient = (gradient: Ref): Ref =>
    ownOptions
      ? graph.op('PneumoscopeDepthwiseKernelGradient', [image, gradient], ownOptions)
      : graph.op(
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

/**
 * Attributes of our own operation for the gradient by the kernel (`native/depthwise.cc`); undefined where it is not made for
 * such a kernel.
 */
export function ownGradientOptions(
  { strides, dilation, padding }: Sliding,
  [side, width, channels, multiplier]: Shape,
  input: Shape,
): Record<string, Attribute> | undefined {
  const [stride] = strides
  const isMade =
    (side === 3 || side === 5) &&
    width === side &&
    channels! % CHANNEL_MULTIPLE === 0 &&
    multiplier === 1 &&
    strides[1] === stride &&
    dilation.every((step) => step === 1)
  if (!isMade) return undefined
  const margin = (length: number) =>
    padding === 'same' ? sameMargin(length, side, stride) : [0, 0]
  const [top, bottom] = margin(input[0]!)
  const [left, right] = margin(input[1]!)
  const options = { side, stride, top: top!, bottom: bottom!, left: left!, right: right! }
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, attribute.int(value)]),
  )
}

/** Zeros before and after, so that there are ⌈length ÷ stride⌉ results; an odd one goes behind. */
function sameMargin(length: number, side: number, stride: number): [number, number] {
  const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + side - length)
  return [Math.floor(total / 2), Math.ceil(total / 2)]
}
