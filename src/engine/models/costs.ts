/** What a network costs: arithmetic, and memory of a training step. */
import type { Optimiser } from '../../shared/domain/modelSpec.ts'
import { sizeOf } from './layerWeights.ts'
import type { ShapedLayer, ShapedModel } from './shapes.ts'

const FLOAT_BYTES = 4
/**
 * TensorFlow, its thread pools and Node before the first film: measured 0.33 GB with libtensorflow 2.21 on Linux.
 */
const RUNTIME_BYTES = 330e6

/** Multiply-accumulate operations of a layer for one film; additions and comparisons alone count as none. */
export function layerMacs({ spec, inputShapes, outputShape, weights }: ShapedLayer): number {
  const places = sizeOf(outputShape.slice(0, -1))
  switch (spec.type) {
    case 'conv2d':
      return places * sizeOf(weights[0]!.shape)
    case 'separableConv2d':
      return places * (sizeOf(weights[0]!.shape) + sizeOf(weights[1]!.shape))
    case 'depthwiseConv2d':
      return places * sizeOf(weights[0]!.shape)
    case 'dense':
      return sizeOf(weights[0]!.shape)
    case 'batchNormalization':
      return sizeOf(inputShapes[0]!)
    default:
      return 0
  }
}

/** Optimiser arrays kept for every trainable weight. */
export function slotsPerWeight(optimiser: Optimiser): number {
  switch (optimiser.kind) {
    case 'sgd':
      return 0
    case 'momentum':
      return 1
    case 'adam':
    case 'adamw':
    case 'rmsprop':
      return 2
  }
}

/** Memory that does not grow with the batch, bytes: the runtime, weights, gradients and optimiser state. */
export function fixedTrainingBytes({ layers, spec }: ShapedModel): number {
  const weights = layers.flatMap((layer) => layer.weights)
  const total = weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  const trainable = weights.reduce(
    (sum, { shape, trainable }) => sum + (trainable ? sizeOf(shape) : 0),
    0,
  )
  // One gradient, and one sum of gradients where a batch is split.
  return RUNTIME_BYTES + FLOAT_BYTES * (total + trainable * (2 + slotsPerWeight(spec.optimiser)))
}

/**
 * Memory of one film during a training step, bytes: every layer's output is kept for the way back, and its gradient
 * lives next to it for a while.
 */
export function trainingBytesPerFilm({ layers, inputShape }: ShapedModel): number {
  const kept = layers.reduce((sum, layer) => sum + keptValues(layer), 0)
  return FLOAT_BYTES * (2 * kept + 2 * sizeOf(inputShape))
}

/** Values a layer adds to memory: its result, and where it ends in an activation also what went in. */
function keptValues({ spec, outputShape }: ShapedLayer): number {
  if (spec.type === 'flatten') return 0
  return sizeOf(outputShape)
}

/** Estimated peak memory of a training step, bytes. */
export function trainingBytes(model: ShapedModel, batchSize: number): number {
  return fixedTrainingBytes(model) + batchSize * trainingBytesPerFilm(model)
}
