/** The weight arrays of one layer, in Keras' order. */
import type { Initializer, LayerSpec } from '../../shared/domain/modelSpec.ts'
import type { Shape } from './layerShape.ts'

export interface WeightSpec {
  /** `layer/kernel`, `layer/bias`, `layer/gamma` … */
  readonly name: string
  readonly shape: Shape
  readonly initializer: Initializer
  /** False for a frozen layer's weights and for moving statistics. */
  readonly trainable: boolean
  /** A kernel: the L2 penalty and AdamW's decay act on kernels alone. */
  readonly kernel: boolean
  /** Factor of the L2 penalty; 0 is none. A separable convolution has it on both its kernels. */
  readonly l2: number
}

/** Weights of a layer fed with `input` (without the batch). */
export function weightsOf(name: string, layer: LayerSpec, input: Shape): WeightSpec[] {
  const channels = input.at(-1)!
  const trainable = layer.frozen !== true
  const plain = (part: string, initializer: Initializer, size = channels): WeightSpec => ({
    name: `${name}/${part}`,
    shape: [size],
    initializer,
    trainable,
    kernel: false,
    l2: 0,
  })
  const kernel = (
    part: string,
    shape: Shape,
    from: { kernelInitializer: Initializer; l2: number },
  ) => ({
    name: `${name}/${part}`,
    shape,
    initializer: from.kernelInitializer,
    trainable,
    kernel: true,
    l2: from.l2,
  })
  const bias = (from: { useBias: boolean }, size: number) =>
    from.useBias ? [plain('bias', 'zeros', size)] : []
  switch (layer.type) {
    case 'conv2d':
      return [
        kernel('kernel', [...layer.kernel, channels, layer.filters], layer),
        ...bias(layer, layer.filters),
      ]
    case 'depthwiseConv2d':
      return [
        kernel('kernel', [...layer.kernel, channels, layer.depthMultiplier], layer),
        ...bias(layer, channels * layer.depthMultiplier),
      ]
    case 'separableConv2d':
      return [
        kernel('depthwiseKernel', [...layer.kernel, channels, layer.depthMultiplier], layer),
        kernel('pointwiseKernel', [1, 1, channels * layer.depthMultiplier, layer.filters], layer),
        ...bias(layer, layer.filters),
      ]
    case 'dense':
      return [kernel('kernel', [channels, layer.units], layer), ...bias(layer, layer.units)]
    case 'batchNormalization':
      return [
        plain('gamma', 'ones'),
        plain('beta', 'zeros'),
        { ...plain('movingMean', 'zeros'), trainable: false },
        { ...plain('movingVariance', 'ones'), trainable: false },
      ]
    default:
      return []
  }
}

/** Number of values in an array of this shape. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, side) => product * side, 1)
