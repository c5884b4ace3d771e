import type { ShapedModel } from '../models/shapes.ts'
import { primitivesOf } from './primitives.ts'
import { trainingSteps } from './trainingSteps.ts'

/**
 * Layers whose results never exist in a training, as our own operations go on to the pool or activation behind them while
 * they compute. `storesGrey`: the films have one channel, whatever the network takes.
 */
export function unkeptResults(model: ShapedModel, storesGrey: boolean): ReadonlySet<string> {
  const steps = primitivesOf(model)
  const kept = trainingSteps(steps, storesGrey && model.spec.input.channels === 3)
  const left = new Set(kept.map(({ name }) => name))
  return new Set(steps.map(({ name }) => name).filter((name) => !left.has(name)))
}
