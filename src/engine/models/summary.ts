/** The table of a network: layers, shapes and parameters, as Keras' `summary` counts them. */
import type { ModelSpec, ModelSummary } from '../../shared/domain/modelSpec.ts'
import { layerMacs, trainingBytes, type Unkept } from './costs.ts'
import { sizeOf, type WeightSpec } from './layerWeights.ts'
import { inferShapes, type ShapedModel } from './shapes.ts'

/**
 * Shapes, parameters and cost of a network. Moving statistics of batch normalisation count in the total and not
 * among the trainable, as in Keras. `unkept` tells what the training will not keep in memory. Throws BAD_INPUT, naming the layer, when layers do not fit each other.
 */
export function summarise(
  spec: ModelSpec,
  batchSize: number,
  unkept?: (model: ShapedModel) => Unkept,
): ModelSummary {
  const model = inferShapes(spec)
  const layers = model.layers.map((layer) => ({
    name: layer.name,
    type: layer.spec.type,
    outputShape: [...layer.outputShape],
    params: count(layer.weights),
    trainable: layer.spec.frozen !== true,
  }))
  const weights = model.layers.flatMap((layer) => layer.weights)
  return {
    layers,
    totalParams: count(weights),
    trainableParams: count(weights.filter((weight) => weight.trainable)),
    trainingBytes: trainingBytes(model, batchSize, unkept?.(model)),
    macs: model.layers.reduce((sum, layer) => sum + layerMacs(layer), 0),
  }
}

const count = (weights: readonly WeightSpec[]): number =>
  weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
