import { AppError } from '../errors.ts'
import type { InputShape, LayerSpec, Loss, ModelSpec } from './modelSpec.ts'

export interface Fit {
  readonly input?: InputShape
  readonly classes?: number
}

/**
 * A network for other films or another number of classes: the last layer and the loss change with the
 * classes (one sigmoid unit for two, a softmax unit each for more), the layers before it stay.
 * Throws BAD_INPUT when the last layer is not dense and so cannot change.
 */
export function adaptSpec(spec: ModelSpec, { input = spec.input, classes }: Fit): ModelSpec {
  if (classes === undefined || classes === spec.classes) return { ...spec, input }
  const layers = [...spec.layers.slice(0, -1), lastLayer(spec, classes)]
  return { ...spec, input, classes, layers, loss: lossFor(spec.loss, classes) }
}

function lastLayer({ name, layers }: ModelSpec, classes: number): LayerSpec {
  const last = layers.at(-1)
  if (last?.type !== 'dense') {
    throw new AppError(
      'BAD_INPUT',
      `${name} does not end in a dense layer, so it cannot be made to tell ${classes} classes apart`,
    )
  }
  return classes === 2
    ? { ...last, units: 1, activation: 'sigmoid' }
    : { ...last, units: classes, activation: 'softmax' }
}

function lossFor(loss: Loss, classes: number): Loss {
  if (loss.kind === 'focal') return loss
  return { ...loss, kind: classes === 2 ? 'binaryCrossentropy' : 'categoricalCrossentropy' }
}
