import type { Unkept } from '../models/costs.ts'
import type { ShapedModel } from '../models/shapes.ts'
import { kernelInstructions } from './kernels.ts'
import { poolConvolutions } from './pooledConvolutions.ts'
import { primitivesOf } from './primitives.ts'

/**
 * Results that our own operations do not keep until the way back: those of a convolution that is pooled at once, which
 * for a grey film's first one do not even exist. `storesGrey`: the films have one channel, whatever the network takes.
 */
export function unkeptResults(model: ShapedModel, storesGrey: boolean): Unkept {
  const steps = primitivesOf(model)
  const isGrey = storesGrey && model.spec.input.channels === 3
  const pooled = kernelInstructions()
    ? poolConvolutions(steps, { isGrey, isTraining: true })
    : steps
  const left = new Set(pooled.map(({ name }) => name))
  const swallowed = steps.filter(({ name }) => !left.has(name))
  const firstPool = pooled.find(({ step }) => step.kind === 'pooledConvolve')
  const isFirstAbsent =
    firstPool?.step.kind === 'pooledConvolve' &&
    (isGrey || firstPool.step.kernel.shape[2] === 1) &&
    firstPool === pooled.find(({ step }) => 'kernel' in step)
  const end = isFirstAbsent ? steps.findIndex(({ name }) => name === firstPool.name) : 0
  const names = (which: readonly { readonly name: string }[]) =>
    new Set(which.map(({ name }) => name))
  return {
    passing: names(swallowed),
    absent: names(swallowed.filter((step) => steps.indexOf(step) < end)),
  }
}
