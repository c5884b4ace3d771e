/** What follows from a specification alone: names, shapes and weights of every layer, and whether the end fits. */
import type { ModelSpec } from '../../shared/domain/modelSpec.ts'
import { AppError } from '../../shared/errors.ts'
import { outputShape, showShape, type Shape } from './layerShape.ts'
import { weightsOf, type WeightSpec } from './layerWeights.ts'
import { INPUT, wire, type WiredLayer } from './wiring.ts'

export interface ShapedLayer extends WiredLayer {
  /** Without the batch: [height, width, channels] or [units]. */
  readonly inputShapes: readonly Shape[]
  readonly outputShape: Shape
  readonly weights: readonly WeightSpec[]
}

/** How the network ends: one probability of the last class, or one a class. */
export type Ending = 'sigmoid' | 'softmax'

export interface ShapedModel {
  readonly spec: ModelSpec
  readonly inputShape: Shape
  readonly layers: readonly ShapedLayer[]
  readonly ending: Ending
}

/**
 * Names, shapes and weights of all layers in order.
 * Throws BAD_INPUT, naming the layer, when layers do not fit each other or the last does not fit classes and loss.
 */
export function inferShapes(spec: ModelSpec): ShapedModel {
  const inputShape = [spec.input.height, spec.input.width, spec.input.channels]
  const shapes = new Map<string, Shape>([[INPUT, inputShape]])
  const layers = wire(spec).map((layer) => {
    const inputShapes = layer.inputs.map((name) => shapes.get(name)!)
    const shape = outputShape(layer.name, layer.spec, inputShapes)
    shapes.set(layer.name, shape)
    const weights = weightsOf(layer.name, layer.spec, inputShapes[0]!)
    return { ...layer, inputShapes, outputShape: shape, weights }
  })
  return { spec, inputShape, layers, ending: endingOf(spec, layers.at(-1)!) }
}

function endingOf(spec: ModelSpec, last: ShapedLayer): Ending {
  const units = last.outputShape
  const activation = 'activation' in last.spec ? last.spec.activation : 'linear'
  const fitsSigmoid = spec.classes === 2 && activation === 'sigmoid' && showShape(units) === '1'
  const fitsSoftmax = activation === 'softmax' && showShape(units) === String(spec.classes)
  if (!fitsSigmoid && !fitsSoftmax)
    throw new AppError(
      'BAD_INPUT',
      `Layer ${last.name} ends the network with ${showShape(units)} and ${activation}, but ${spec.classes} classes need ${
        spec.classes === 2 ? '1 unit with sigmoid or ' : ''
      }${spec.classes} units with softmax`,
    )
  const ending = fitsSigmoid ? 'sigmoid' : 'softmax'
  const { kind } = spec.loss
  if (kind === 'binaryCrossentropy' && ending === 'softmax')
    throw new AppError(
      'BAD_INPUT',
      `Layer ${last.name} ends in softmax, which needs the loss categoricalCrossentropy or focal`,
    )
  if (kind === 'categoricalCrossentropy' && ending === 'sigmoid')
    throw new AppError(
      'BAD_INPUT',
      `Layer ${last.name} ends in one sigmoid unit, which needs the loss binaryCrossentropy or focal`,
    )
  return ending
}
