import { joinNormalisation } from './activatedNormalisation.ts'
import { kernelInstructions } from './kernels.ts'
import { poolConvolutions } from './pooledConvolutions.ts'
import type { GraphPrimitive, Primitive } from './primitives.ts'
import { backwardAtPool } from './rewrites.ts'

/**
 * The steps as a training computes them: the way back through a bias and an activation taken at the pool, and those joined
 * that our own operations compute, where they can be used. `isGrey`: the films have one channel, whatever the network takes.
 */
export function trainingSteps(
  steps: readonly Primitive[],
  isGrey: boolean,
): readonly GraphPrimitive[] {
  const plain = backwardAtPool(steps)
  return kernelInstructions() ? joinNormalisation(poolConvolutions(plain, isGrey)) : plain
}
