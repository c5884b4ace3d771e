/** The shape that one layer makes of its inputs' shapes. Shapes leave the batch out: [height, width, channels] or [units]. */
import { assertNever } from '../../shared/assertNever.ts'
import type { LayerSpec, Padding } from '../../shared/domain/modelSpec.ts'
import { AppError } from '../../shared/errors.ts'

export type Shape = readonly number[]
/** [height, width, channels]. */
type ImageShape = readonly [number, number, number]
type Pair = readonly [number, number]

/** `[height, width, channels]` as the summary prints it. */
export const showShape = (shape: Shape): string => shape.join('×')

/**
 * Output shape of a layer. Throws BAD_INPUT naming the layer when it cannot take what it is given: an image where
 * units are needed or the reverse, a window larger than its input, unequal shapes to add or concatenate.
 */
export function outputShape(name: string, layer: LayerSpec, inputs: readonly Shape[]): Shape {
  const [first] = inputs
  if (first === undefined) throw new AppError('BAD_INPUT', `Layer ${name} has no input`)
  switch (layer.type) {
    case 'conv2d':
    case 'separableConv2d': {
      return [...convolved(name, layer, imageOf(name, layer, first)), layer.filters]
    }
    case 'depthwiseConv2d': {
      const image = imageOf(name, layer, first)
      return [...convolved(name, layer, image), image[2] * layer.depthMultiplier]
    }
    case 'maxPool':
    case 'averagePool': {
      const image = imageOf(name, layer, first)
      return [...pooled(name, layer, image), image[2]]
    }
    case 'globalAveragePool':
    case 'globalMaxPool':
      return [imageOf(name, layer, first)[2]]
    case 'spatialDropout':
      return imageOf(name, layer, first)
    case 'dense':
      if (first.length !== 1)
        throw new AppError(
          'BAD_INPUT',
          `Layer ${name} (dense) needs units, but gets an image of ${showShape(first)}; put flatten or globalAveragePool before it`,
        )
      return [layer.units]
    case 'flatten':
      return [first.reduce((product, side) => product * side, 1)]
    case 'zeroPadding': {
      const [height, width, channels] = imageOf(name, layer, first)
      const [[top, bottom], [left, right]] = layer.padding
      return [height + top + bottom, width + left + right, channels]
    }
    case 'upSampling': {
      const [height, width, channels] = imageOf(name, layer, first)
      return [height * layer.size[0], width * layer.size[1], channels]
    }
    case 'add':
      return added(name, inputs)
    case 'concatenate':
      return concatenated(name, inputs)
    case 'batchNormalization':
    case 'dropout':
    case 'activation':
    case 'rescaling':
      return first
    default:
      return assertNever(layer)
  }
}

/** A shape as an image; BAD_INPUT where it is units. */
function imageOf(name: string, layer: LayerSpec, shape: Shape): ImageShape {
  const [height, width, channels] = shape
  if (shape.length !== 3 || height === undefined || width === undefined || channels === undefined)
    throw new AppError(
      'BAD_INPUT',
      `Layer ${name} (${layer.type}) needs an image, but gets ${showShape(shape)} units`,
    )
  return [height, width, channels]
}

/** Length of one side after a window has run over it (TensorFlow's rules for `valid` and `same`). */
function slid(side: number, window: number, stride: number, padding: Padding): number {
  return padding === 'same'
    ? Math.ceil(side / stride)
    : Math.max(0, Math.ceil((side - window + 1) / stride))
}

interface Convolution {
  readonly type: string
  readonly kernel: Pair
  readonly strides: Pair
  readonly dilation: Pair
  readonly padding: Padding
}

function convolved(name: string, layer: Convolution, [height, width]: ImageShape): Pair {
  const { kernel, strides, dilation, padding } = layer
  const isDilated = dilation[0] > 1 || dilation[1] > 1
  if (isDilated && (strides[0] > 1 || strides[1] > 1))
    throw new AppError(
      'BAD_INPUT',
      `Layer ${name} (${layer.type}) has both strides ${showShape(strides)} and dilation ${showShape(dilation)}; one of them must be 1×1`,
    )
  if (layer.type !== 'conv2d' && strides[0] !== strides[1])
    throw new AppError(
      'BAD_INPUT',
      `Layer ${name} (${layer.type}) has unequal strides ${showShape(strides)}, which TensorFlow cannot compute`,
    )
  const window: Pair = [(kernel[0] - 1) * dilation[0] + 1, (kernel[1] - 1) * dilation[1] + 1]
  return slidPair(name, layer.type, 'kernel', [height, width], window, strides, padding)
}

interface Pooling {
  readonly type: string
  readonly pool: Pair
  readonly strides?: Pair | undefined
  readonly padding: Padding
}

function pooled(name: string, layer: Pooling, [height, width]: ImageShape): Pair {
  const strides = layer.strides ?? layer.pool
  return slidPair(name, layer.type, 'window', [height, width], layer.pool, strides, layer.padding)
}

function slidPair(
  name: string,
  type: string,
  what: string,
  sides: Pair,
  window: Pair,
  strides: Pair,
  padding: Padding,
): Pair {
  if (padding === 'valid' && (window[0] > sides[0] || window[1] > sides[1]))
    throw new AppError(
      'BAD_INPUT',
      `Layer ${name} (${type}) has a ${what} of ${showShape(window)}, larger than its input of ${showShape(sides)}`,
    )
  return [
    slid(sides[0], window[0], strides[0], padding),
    slid(sides[1], window[1], strides[1], padding),
  ]
}

function added(name: string, inputs: readonly Shape[]): Shape {
  const first = severalOf(name, 'add', inputs)
  const other = inputs.find((shape) => showShape(shape) !== showShape(first))
  if (other)
    throw new AppError(
      'BAD_INPUT',
      `Layer ${name} (add) gets unequal shapes ${showShape(first)} and ${showShape(other)}`,
    )
  return first
}

function concatenated(name: string, inputs: readonly Shape[]): Shape {
  const first = severalOf(name, 'concatenate', inputs)
  const place = showShape(first.slice(0, -1))
  const other = inputs.find(
    (shape) => shape.length !== first.length || showShape(shape.slice(0, -1)) !== place,
  )
  if (other)
    throw new AppError(
      'BAD_INPUT',
      `Layer ${name} (concatenate) gets ${showShape(first)} and ${showShape(other)}, which differ in more than channels`,
    )
  const channels = inputs.reduce((sum, shape) => sum + shape.at(-1)!, 0)
  return [...first.slice(0, -1), channels]
}

function severalOf(name: string, type: string, inputs: readonly Shape[]): Shape {
  const [first, second] = inputs
  if (first === undefined || second === undefined)
    throw new AppError('BAD_INPUT', `Layer ${name} (${type}) needs at least two inputs`)
  return first
}
