/** The tfjs-layers model of a specification: to exchange networks, and to check our own graph against. */
import type { LayersModel, SymbolicTensor, Tensor } from '@tensorflow/tfjs-node-gpu'
import { AppError } from '../../shared/errors.ts'
import type { NamedArray } from '../graph/network.ts'
import { tensorflow } from '../tensorflow.ts'
import { inferShapes, type ShapedModel } from './shapes.ts'
import { tfjsLayer } from './tfjsLayers.ts'
import { INPUT } from './wiring.ts'
import type { ModelSpec } from '../../shared/domain/modelSpec.ts'

/**
 * A tfjs-layers model with the same layers under the same names; what tfjs-layers has no activation for becomes a layer
 * of its own, `name_activation`. It takes scaled films, [films, height, width, channels], and gives probabilities.
 * Throws UNSUPPORTED naming a layer that tfjs-layers has no equal of. Dispose of it after use.
 */
export function toTfjsModel(spec: ModelSpec): LayersModel {
  const tf = tensorflow()
  const model = inferShapes(spec)
  const input = tf.input({ shape: [...model.inputShape], name: INPUT })
  const results = new Map<string, SymbolicTensor>([[INPUT, input]])
  for (const layer of model.layers) {
    const given = layer.inputs.map((name) => results.get(name)!)
    const [first, ...rest] = tfjsLayer(layer)
    const applied = first.apply(given.length === 1 ? given[0]! : given) as SymbolicTensor
    const result = rest.reduce((tensor, next) => next.apply(tensor) as SymbolicTensor, applied)
    results.set(layer.name, result)
  }
  const output = results.get(model.layers.at(-1)!.name)!
  return tf.model({ inputs: input, outputs: output, name: spec.name })
}

/** The model's weights under our names, in our order. */
export function tfjsWeights(spec: ModelSpec, model: LayersModel): NamedArray[] {
  return pairs(inferShapes(spec), model).map(({ name, shape, tensor }) => ({
    name,
    shape,
    values: tensor.dataSync<'float32'>().slice(),
  }))
}

/** Puts weights into the model. Throws BAD_MODEL naming one that is missing or of another shape. */
export function setTfjsWeights(
  spec: ModelSpec,
  model: LayersModel,
  weights: readonly NamedArray[],
): void {
  const tf = tensorflow()
  const byName = new Map(weights.map((array) => [array.name, array]))
  for (const { layer, names } of byLayer(inferShapes(spec), model)) {
    const tensors = names.map(({ name, shape }) => {
      const array = byName.get(name)
      if (array?.shape.join() !== shape.join())
        throw new AppError('BAD_MODEL', `There are no weights of shape ${shape.join('×')} for ${name}`) // prettier-ignore
      return tf.tensor(array.values, [...shape])
    })
    layer.setWeights(tensors)
    tf.dispose(tensors)
  }
}

function pairs(shaped: ShapedModel, model: LayersModel) {
  return byLayer(shaped, model).flatMap(({ layer, names }) => {
    const tensors: Tensor[] = layer.getWeights()
    return names.map((weight, place) => ({ ...weight, tensor: tensors[place]! }))
  })
}

/** tfjs-layers keeps a layer's weights in the same order as we do, trainable before moving statistics. */
const byLayer = (shaped: ShapedModel, model: LayersModel) =>
  shaped.layers
    .filter(({ weights }) => weights.length > 0)
    .map(({ name, weights }) => ({ layer: model.getLayer(name), names: weights }))
