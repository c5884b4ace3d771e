/** What a network costs: arithmetic, and memory of a training step. */
import type { Optimiser } from '../../shared/domain/modelSpec.ts'
import { sizeOf, type WeightSpec } from './layerWeights.ts'
import type { ShapedLayer, ShapedModel } from './shapes.ts'

const FLOAT_BYTES = 4

/*
 * Measured as peak resident memory of a bundled Node process with libtensorflow 2.21 on Linux: pneumonia-vgg-lite in
 * pieces of 32, 16, 7 and 1 films 1.63, 1.19, 0.94 and 0.80 GB; pneumonia-deep with 32 films 1.14 GB; digits 0.41 GB;
 * with our own operations pneumonia-vgg-lite and 32 films 1.0 GB. The estimates below are within 7 % of these. A process
 * that translates TypeScript itself has some 0.1 GB more.
 */

/** Node, TensorFlow and its thread pools before the first film. */
export const RUNTIME_BYTES = 370e6
/** What the allocator keeps beyond what is asked for. */
const SLACK = 1.08

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
function slotsPerWeight(optimiser: Optimiser): number {
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

/**
 * Memory that does not grow with the batch, bytes: the runtime; the weights, once in the graph and once while they come
 * and go; and for each that learns optimiser state, gradients on their way and the sum of a split batch.
 */
export function fixedTrainingBytes({ layers, spec }: ShapedModel): number {
  const weights = layers.flatMap((layer) => layer.weights)
  const values = (counted: readonly WeightSpec[]): number =>
    counted.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  const learning = values(weights.filter(({ trainable }) => trainable))
  const copies = 4 + slotsPerWeight(spec.optimiser)
  return RUNTIME_BYTES + FLOAT_BYTES * (2 * values(weights) + copies * learning)
}

/** Layers whose results never exist; see `unkeptResults`. */
export type Unkept = ReadonlySet<string>

const allKept: Unkept = new Set()

/**
 * Memory of one film during a training step, bytes: results that are kept for the way back, and the two largest
 * gradients at once.
 */
export function trainingBytesPerFilm(
  { layers, inputShape }: ShapedModel,
  unkept = allKept,
): number {
  const made = layers.filter(({ name }) => !unkept.has(name))
  const kept = made.reduce((sum, layer) => sum + keptValues(layer), sizeOf(inputShape))
  const largest = Math.max(...made.map(({ outputShape }) => sizeOf(outputShape)))
  return SLACK * FLOAT_BYTES * (kept + 2 * largest)
}

/** Values that a layer leaves in memory until the way back. */
function keptValues({ spec, outputShape }: ShapedLayer): number {
  switch (spec.type) {
    // The same values in another shape.
    case 'flatten':
      return 0
    // The way back needs what goes in or what comes out, not both.
    case 'activation':
      return 0
    // And the mask.
    case 'dropout':
      return 2 * sizeOf(outputShape)
    default:
      return sizeOf(outputShape)
  }
}

/** Estimated peak memory of a training step with the whole batch at once, bytes. */
export function trainingBytes(model: ShapedModel, batchSize: number, unkept = allKept): number {
  return fixedTrainingBytes(model) + batchSize * trainingBytesPerFilm(model, unkept)
}
