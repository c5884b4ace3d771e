/** One layer of ours as tfjs-layers' layers. */
import type { LayersModel } from '@tensorflow/tfjs-node-gpu'
import { assertNever } from '../../shared/assertNever.ts'
import type { Activation, Initializer, LayerSpec } from '../../shared/domain/modelSpec.ts'
import { AppError } from '../../shared/errors.ts'
import { LEAKY_SLOPE } from '../graph/layers/activation.ts'
import { tensorflow } from '../tensorflow.ts'
import type { ShapedLayer } from './shapes.ts'

type Layer = LayersModel['layers'][number]

/** The layer, and after it the activation where tfjs-layers wants one apart. */
export function tfjsLayer(layer: ShapedLayer): [Layer, ...Layer[]] {
  const { name, spec } = layer
  const trainable = spec.frozen !== true
  const main = mainLayer(name, trainable, spec)
  const isSplit = spec.type !== 'activation' && 'activation' in spec && isApart(spec.activation)
  return isSplit ? [main, activationLayer(`${name}_activation`, spec.activation)] : [main]
}

function mainLayer(name: string, trainable: boolean, spec: LayerSpec): Layer {
  const { layers } = tensorflow()
  const common = { name, trainable }
  switch (spec.type) {
    case 'conv2d':
      return layers.conv2d({
        ...common,
        ...weighted(spec),
        ...sliding(spec),
        filters: spec.filters,
      })
    case 'depthwiseConv2d': {
      const { kernelInitializer, kernelRegularizer, ...rest } = weighted(spec)
      return layers.depthwiseConv2d({
        ...common,
        ...rest,
        ...sliding(spec),
        depthMultiplier: spec.depthMultiplier,
        depthwiseInitializer: kernelInitializer,
        ...(kernelRegularizer && { depthwiseRegularizer: kernelRegularizer }),
      })
    }
    case 'separableConv2d': {
      const { kernelInitializer, kernelRegularizer, ...rest } = weighted(spec)
      return layers.separableConv2d({
        ...common,
        ...rest,
        ...sliding(spec),
        filters: spec.filters,
        depthMultiplier: spec.depthMultiplier,
        depthwiseInitializer: kernelInitializer,
        pointwiseInitializer: kernelInitializer,
        ...(kernelRegularizer && {
          depthwiseRegularizer: kernelRegularizer,
          pointwiseRegularizer: kernelRegularizer,
        }),
      })
    }
    case 'dense':
      return layers.dense({ ...common, ...weighted(spec), units: spec.units })
    case 'batchNormalization':
      return layers.batchNormalization({
        ...common,
        momentum: spec.momentum,
        epsilon: spec.epsilon,
      })
    case 'maxPool':
    case 'averagePool': {
      const make = spec.type === 'maxPool' ? layers.maxPooling2d : layers.averagePooling2d
      return make({ ...common, poolSize: spec.pool, strides: spec.strides ?? spec.pool, padding: spec.padding }) // prettier-ignore
    }
    case 'globalAveragePool':
      return layers.globalAveragePooling2d(common)
    case 'globalMaxPool':
      return layers.globalMaxPooling2d(common)
    case 'dropout':
      return layers.dropout({ ...common, rate: spec.rate })
    case 'flatten':
      return layers.flatten(common)
    case 'activation':
      return activationLayer(name, spec.activation)
    case 'add':
      return layers.add(common)
    case 'concatenate':
      return layers.concatenate({ ...common, axis: -1 })
    case 'zeroPadding':
      return layers.zeroPadding2d({ ...common, padding: spec.padding })
    case 'rescaling':
      return layers.rescaling({ ...common, scale: spec.scale, offset: spec.offset })
    case 'upSampling':
      // Its bilinear resize puts pixel centres elsewhere than Keras does.
      if (spec.interpolation === 'bilinear') throw unsupported(name, 'bilinear upSampling')
      return layers.upSampling2d({ ...common, size: [...spec.size], interpolation: 'nearest' })
    case 'spatialDropout':
      throw unsupported(name, 'spatialDropout')
    default:
      return assertNever(spec)
  }
}

const unsupported = (name: string, what: string): AppError =>
  new AppError('UNSUPPORTED', `Layer ${name}: tfjs-layers has no equal of ${what}`)

const isApart = (activation: Activation): boolean => activation === 'leakyRelu'

function activationLayer(name: string, activation: Activation): Layer {
  const { layers } = tensorflow()
  return activation === 'leakyRelu'
    ? layers.leakyReLU({ name, alpha: LEAKY_SLOPE })
    : layers.activation({ name, activation })
}

interface Weighted {
  readonly activation: Activation
  readonly useBias: boolean
  readonly kernelInitializer: Initializer
  readonly l2: number
}

function weighted({ activation, useBias, kernelInitializer, l2 }: Weighted) {
  return {
    activation: activation === 'leakyRelu' ? ('linear' as const) : activation,
    useBias,
    kernelInitializer,
    ...(l2 > 0 && { kernelRegularizer: tensorflow().regularizers.l2({ l2 }) }),
  }
}

const sliding = (spec: Extract<LayerSpec, { kernel: unknown }>) => ({
  kernelSize: spec.kernel,
  strides: spec.strides,
  padding: spec.padding,
  dilationRate: spec.dilation,
})
