import type { ShapedModel } from '../models/shapes.ts'
import { joinNormalisation } from './activatedNormalisation.ts'
import { kernelInstructions } from './kernels.ts'
import { poolConvolutions } from './pooledConvolutions.ts'
import { primitivesOf } from './primitives.ts'

/**
 * Layers whose results never exist, as our own operations go on to the pool or activation behind them while they compute.
 * `storesGrey`: the films have one channel, whatever the network takes.
 */
export function unkeptResults(model: ShapedModel, storesGrey: boolean): ReadonlySet<string> {
  if (!kernelInstructions()) return new Set()
  const steps = primitivesOf(model)
  const pooled = poolConvolutions(steps, storesGrey && model.spec.input.channels === 3)
  const left = new Set(joinNormalisation(pooled).map(({ name }) => name))
  return new Set(steps.map(({ name }) => name).filter((name) => !left.has(name)))
}
