/**
 * A network taken apart into the steps that TensorFlow computes: a convolution with bias and relu is three. The
 * rewrites work on this list, and each step has its forward and backward part under `layers/`.
 */
import type { Activation, LayerSpec, Padding } from '../../shared/domain/modelSpec.ts'
import { assertNever } from '../../shared/assertNever.ts'
import type { Shape } from '../models/layerShape.ts'
import type { WeightSpec } from '../models/layerWeights.ts'
import type { ShapedLayer, ShapedModel } from '../models/shapes.ts'

type Pair = readonly [number, number]

/** How a window runs over an image. */
export interface Sliding {
  readonly window: Pair
  readonly strides: Pair
  readonly padding: Padding
  readonly dilation: Pair
}

/** A bias or an activation. `backwardAtPool`: the max-pool after it has the way back through it, too. */
interface BiasStep {
  readonly kind: 'bias'
  readonly bias: WeightSpec
  readonly backwardAtPool?: boolean
}
interface ActivationStep {
  readonly kind: 'activate'
  readonly activation: Activation
  readonly backwardAtPool?: boolean
}

export type Step =
  | { readonly kind: 'convolve'; readonly sliding: Sliding; readonly kernel: WeightSpec }
  | { readonly kind: 'depthwise'; readonly sliding: Sliding; readonly kernel: WeightSpec }
  | { readonly kind: 'product'; readonly kernel: WeightSpec }
  | BiasStep
  | ActivationStep
  | {
      readonly kind: 'normalise'
      readonly momentum: number
      readonly epsilon: number
      readonly isFrozen: boolean
      readonly gamma: WeightSpec
      readonly beta: WeightSpec
      readonly movingMean: WeightSpec
      readonly movingVariance: WeightSpec
    }
  | { readonly kind: 'maxPool'; readonly sliding: Sliding; readonly after?: PooledSteps }
  | { readonly kind: 'averagePool'; readonly sliding: Sliding }
  | { readonly kind: 'globalAverage' }
  /** `perChannel` blanks whole channels of a film. `index` tells the draws of several apart. */
  | {
      readonly kind: 'dropout'
      readonly rate: number
      readonly perChannel: boolean
      readonly index: number
    }
  | { readonly kind: 'flatten' }
  | { readonly kind: 'add' }
  | { readonly kind: 'concatenate' }
  | { readonly kind: 'pad'; readonly by: readonly [Pair, Pair] }
  | { readonly kind: 'rescale'; readonly scale: number; readonly offset: number }
  | { readonly kind: 'upSample'; readonly interpolation: 'nearest' | 'bilinear' }

/** A 3×3 convolution, its bias, perhaps relu, and a 2×2 max-pool; see `pooledConvolutions.ts`. */
export interface PooledConvolve {
  readonly kind: 'pooledConvolve'
  readonly sliding: Sliding
  readonly kernel: WeightSpec
  readonly bias: WeightSpec
  readonly hasRelu: boolean
}

/** Batch normalisation and the activation behind it; see `activatedNormalisation.ts`. */
export interface ActivatedNormalise {
  readonly kind: 'activatedNormalise'
  readonly normalise: Extract<Step, { kind: 'normalise' }>
  readonly activation: 'linear' | 'relu' | 'relu6'
}

/** Steps right before a max-pool whose way back goes through the pooled values. */
interface PooledSteps {
  readonly bias?: WeightSpec
  readonly activation?: Activation
}

export interface Primitive {
  readonly name: string
  readonly step: Step
  /** Names of earlier primitives, or INPUT. */
  readonly inputs: readonly string[]
  /** Without the batch. */
  readonly outputShape: Shape
}

/** A primitive, or several that our own operations compute as one. */
export interface GraphPrimitive extends Omit<Primitive, 'step'> {
  readonly step: Step | PooledConvolve | ActivatedNormalise
}

/** Weights that a step owns: those whose gradients it gives. */
export function weightsOfStep(step: GraphPrimitive['step']): readonly WeightSpec[] {
  if (step.kind === 'bias') return step.backwardAtPool ? [] : [step.bias]
  if (step.kind === 'maxPool') return step.after?.bias ? [step.after.bias] : []
  if (step.kind === 'pooledConvolve') return [step.kernel, step.bias]
  if (step.kind === 'activatedNormalise') return weightsOfStep(step.normalise)
  if (step.kind === 'normalise')
    return [step.gamma, step.beta, step.movingMean, step.movingVariance]
  return 'kernel' in step ? [step.kernel] : []
}

/** The steps of all layers in order. The last step of a layer bears the layer's name. */
export function primitivesOf(model: ShapedModel): Primitive[] {
  return model.layers.flatMap((layer, index) => {
    const steps = stepsOf(layer, index)
    return steps.map(({ step, outputShape }, place) => ({
      name: place === steps.length - 1 ? layer.name : `${layer.name}/${place}`,
      step,
      inputs: place === 0 ? layer.inputs : [`${layer.name}/${place - 1}`],
      outputShape: outputShape ?? layer.outputShape,
    }))
  })
}

interface LayerStep {
  readonly step: Step
  /** Where it differs from the layer's. */
  readonly outputShape?: Shape
}

function stepsOf(layer: ShapedLayer, index: number): LayerStep[] {
  const { spec, inputShapes, outputShape, weights } = layer
  const [first, second, third, fourth] = weights
  switch (spec.type) {
    case 'conv2d':
      return [
        { step: { kind: 'convolve', sliding: slidingOf(spec), kernel: first! } },
        ...tail(layer),
      ]
    case 'depthwiseConv2d':
      return [
        { step: { kind: 'depthwise', sliding: slidingOf(spec), kernel: first! } },
        ...tail(layer),
      ]
    case 'separableConv2d':
      return [
        {
          step: { kind: 'depthwise', sliding: slidingOf(spec), kernel: first! },
          outputShape: [...outputShape.slice(0, 2), second!.shape[2]!],
        },
        { step: { kind: 'convolve', sliding: onePixel, kernel: second! } },
        ...tail(layer),
      ]
    case 'dense':
      return [{ step: { kind: 'product', kernel: first! } }, ...tail(layer)]
    case 'batchNormalization':
      return [
        {
          step: {
            kind: 'normalise',
            momentum: spec.momentum,
            epsilon: spec.epsilon,
            isFrozen: spec.frozen === true,
            gamma: first!,
            beta: second!,
            movingMean: third!,
            movingVariance: fourth!,
          },
        },
      ]
    case 'maxPool':
    case 'averagePool':
      return [{ step: { kind: spec.type, sliding: poolingOf(spec) } }]
    case 'globalAveragePool':
      return [{ step: { kind: 'globalAverage' } }]
    case 'globalMaxPool': {
      const [height, width, channels] = inputShapes[0]!
      const window: Pair = [height!, width!]
      const sliding: Sliding = { window, strides: window, padding: 'valid', dilation: [1, 1] }
      return [
        { step: { kind: 'maxPool', sliding }, outputShape: [1, 1, channels!] },
        { step: { kind: 'flatten' } },
      ]
    }
    case 'dropout':
    case 'spatialDropout': {
      const perChannel = spec.type === 'spatialDropout'
      return [{ step: { kind: 'dropout', rate: spec.rate, perChannel, index } }]
    }
    case 'activation':
      return [{ step: { kind: 'activate', activation: spec.activation } }]
    case 'zeroPadding':
      return [{ step: { kind: 'pad', by: spec.padding } }]
    case 'rescaling':
      return [{ step: { kind: 'rescale', scale: spec.scale, offset: spec.offset } }]
    case 'upSampling':
      return [{ step: { kind: 'upSample', interpolation: spec.interpolation } }]
    case 'flatten':
    case 'add':
    case 'concatenate':
      return [{ step: { kind: spec.type } }]
    default:
      return assertNever(spec)
  }
}

const onePixel: Sliding = { window: [1, 1], strides: [1, 1], padding: 'valid', dilation: [1, 1] }

const slidingOf = (spec: Extract<LayerSpec, { kernel: unknown }>): Sliding => ({
  window: spec.kernel,
  strides: spec.strides,
  padding: spec.padding,
  dilation: spec.dilation,
})

const poolingOf = (spec: Extract<LayerSpec, { pool: unknown }>): Sliding => ({
  window: spec.pool,
  strides: spec.strides ?? spec.pool,
  padding: spec.padding,
  dilation: [1, 1],
})

/** Bias and activation, where a layer has them. */
function tail({ spec, weights }: ShapedLayer): LayerStep[] {
  const bias = weights.find(({ kernel }) => !kernel)
  const activation = 'activation' in spec ? spec.activation : 'linear'
  return [
    ...(bias ? [{ step: { kind: 'bias', bias } as const }] : []),
    ...(activation === 'linear' ? [] : [{ step: { kind: 'activate', activation } as const }]),
  ]
}
