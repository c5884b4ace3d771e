/** Finds the room where a step is lowered. */
import { assertNever } from '../../shared/assertNever.ts'
import { lowerActivatedNormalisation } from './layers/activatedNormalisation.ts'
import { lowerActivation } from './layers/activation.ts'
import { lowerNormalisation } from './layers/batchNormalization.ts'
import { lowerBias } from './layers/bias.ts'
import { lowerConvolution } from './layers/convolution.ts'
import { lowerDepthwise } from './layers/depthwise.ts'
import { lowerDropout } from './layers/dropout.ts'
import { lowerAveragePool, lowerGlobalAverage, lowerMaxPool } from './layers/pooling.ts'
import { lowerPooledConvolution } from './layers/pooledConvolution.ts'
import { lowerProduct } from './layers/product.ts'
import {
  lowerAdd,
  lowerConcatenation,
  lowerFlatten,
  lowerPadding,
  lowerRescaling,
} from './layers/rearranging.ts'
import { lowerUpSampling } from './layers/upSampling.ts'
import type { Context, Lowered, Value } from './lowering.ts'
import type { GraphPrimitive } from './primitives.ts'

/** The step in the graph: its result, and how to go back through it. */
export function lowerStep(
  context: Context,
  primitive: GraphPrimitive,
  inputs: readonly Value[],
): Lowered {
  const { step } = primitive
  const input = inputs[0]!
  switch (step.kind) {
    case 'convolve':
      return lowerConvolution(context, primitive, step, input)
    case 'depthwise':
      return lowerDepthwise(context, primitive, step, input)
    case 'product':
      return lowerProduct(context, primitive, step, input)
    case 'bias':
      return lowerBias(context, step, input)
    case 'activate':
      return lowerActivation(context, step, input)
    case 'normalise':
      return lowerNormalisation(context, step, input)
    case 'activatedNormalise':
      return lowerActivatedNormalisation(context, step, input)
    case 'maxPool':
      return lowerMaxPool(context, primitive, step, input)
    case 'pooledConvolve':
      return lowerPooledConvolution(context, primitive, step, input)
    case 'averagePool':
      return lowerAveragePool(context, primitive, step, input)
    case 'globalAverage':
      return lowerGlobalAverage(context, input)
    case 'dropout':
      return lowerDropout(context, step, input)
    case 'flatten':
      return lowerFlatten(context, primitive, input)
    case 'add':
      return lowerAdd(context, inputs)
    case 'concatenate':
      return lowerConcatenation(context, primitive, inputs)
    case 'pad':
      return lowerPadding(context, primitive, step, input)
    case 'rescale':
      return lowerRescaling(context, step, input)
    case 'upSample':
      return lowerUpSampling(context, primitive, step, input)
    default:
      return assertNever(step)
  }
}
