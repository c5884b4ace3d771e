/** One step of a network on tfjs-core's operations. */
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { assertNever } from '../../shared/assertNever.ts'
import type { Activation } from '../../shared/domain/modelSpec.ts'
import { LEAKY_SLOPE } from '../graph/layers/activation.ts'
import { sizeOf, type WeightSpec } from '../models/layerWeights.ts'
import type { FusedStep } from './fuseSteps.ts'
import type { Tfjs } from './startWasm.ts'

export type ReadWeight = (weight: WeightSpec) => Tensor

/** The step's result, films first, as the graph's inference computes it: no dropout, moving statistics. */
export function computeStep(
  tf: Tfjs,
  fused: FusedStep,
  inputs: readonly Tensor[],
  read: ReadWeight,
): Tensor {
  const { step, outputShape } = fused
  const input = inputs[0]!
  switch (step.kind) {
    case 'convolve':
    case 'depthwise':
    case 'product':
      return product(tf, { ...fused, step }, input, read)
    case 'bias':
      return tf.add(input, read(step.bias))
    case 'activate':
      return activate(tf, step.activation, input)
    case 'normalise': {
      const { gamma, beta, movingMean, movingVariance, epsilon } = step
      const [mean, variance] = [vector(read(movingMean)), vector(read(movingVariance))]
      return tf.batchNorm(input, mean, variance, vector(read(beta)), vector(read(gamma)), epsilon)
    }
    case 'maxPool':
    case 'averagePool': {
      const { window, strides, padding } = step.sliding
      const pool = step.kind === 'maxPool' ? tf.maxPool : tf.avgPool
      return pool(image(input), [...window], [...strides], padding)
    }
    case 'globalAverage':
      return tf.mean(input, [1, 2])
    case 'dropout':
      return input
    case 'flatten':
      return tf.reshape(input, [input.shape[0], sizeOf(outputShape)])
    case 'add':
      return tf.addN([...inputs])
    case 'concatenate':
      return tf.concat([...inputs], -1)
    case 'pad': {
      const [rows, columns] = step.by
      return tf.pad(input, [[0, 0], [...rows], [...columns], [0, 0]])
    }
    case 'rescale':
      return tf.add(tf.mul(input, step.scale), step.offset)
    case 'upSample': {
      const { resizeBilinear, resizeNearestNeighbor } = tf.image
      const resize = step.interpolation === 'bilinear' ? resizeBilinear : resizeNearestNeighbor
      return resize(image(input), [outputShape[0]!, outputShape[1]!], false, true)
    }
    default:
      return assertNever(step)
  }
}

type Linear = Extract<FusedStep['step'], { readonly kernel: WeightSpec }>

function product(
  tf: Tfjs,
  { step, bias, clamp }: FusedStep & { readonly step: Linear },
  input: Tensor,
  read: ReadWeight,
): Tensor {
  const kernel = read(step.kernel)
  const also = { ...(bias && { bias: read(bias) }), ...(clamp && { activation: clamp }) }
  if (step.kind === 'product')
    return tf.fused.matMul({ a: matrix(input), b: matrix(kernel), ...also })
  const { strides, padding, dilation } = step.sliding
  const convolve = step.kind === 'convolve' ? tf.fused.conv2d : tf.fused.depthwiseConv2d
  return convolve({
    x: image(input),
    filter: image(kernel),
    strides: [...strides],
    pad: padding,
    dilations: [...dilation],
    ...also,
  })
}

function activate(tf: Tfjs, activation: Activation, x: Tensor): Tensor {
  switch (activation) {
    case 'linear':
      return x
    case 'relu':
    case 'relu6':
    case 'elu':
    case 'sigmoid':
    case 'softmax':
      return tf[activation](x)
    case 'leakyRelu':
      return tf.leakyRelu(x, LEAKY_SLOPE)
    case 'swish':
      return tf.mul(x, tf.sigmoid(x))
    case 'gelu': {
      const erf = tf.erf(tf.mul(x, Math.SQRT1_2))
      return tf.mul(x, tf.mul(tf.add(erf, 1), 0.5))
    }
    default:
      return assertNever(activation)
  }
}

// tfjs types its tensors by rank; the shapes of a network are checked before anything computes.
const image = (tensor: Tensor) => tensor as Tensor4D
const matrix = (tensor: Tensor) => tensor as Tensor2D
const vector = (tensor: Tensor) => tensor as Tensor1D
