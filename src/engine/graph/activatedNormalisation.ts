/** Finds the batch normalisations that our own operations compute, and makes each one step with the activation behind it. */
import { feedsOnly } from './foldNormalisation.ts'
import { CHANNEL_MULTIPLE } from './kernels.ts'
import type { ActivatedNormalise, GraphPrimitive } from './primitives.ts'
import { joinSteps, type Joined } from './rewrites.ts'

/** The steps with these normalisations as one that bears the activation's name where there is one behind it. */
export const joinNormalisation = (steps: readonly GraphPrimitive[]): readonly GraphPrimitive[] =>
  joinSteps(steps, (at) => joinedAt(steps, at))

function joinedAt(steps: readonly GraphPrimitive[], at: number): Joined | undefined {
  const [normal, behind] = steps.slice(at, at + 2)
  if (normal?.step.kind !== 'normalise' || normal.step.isFrozen) return undefined
  if (normal.outputShape.length !== 3 || normal.outputShape[2]! % CHANNEL_MULTIPLE !== 0)
    return undefined
  const activation = clippingOf(behind)
  const isJoined =
    activation !== undefined &&
    behind!.inputs[0] === normal.name &&
    feedsOnly(steps, normal.name, behind!.name)
  const step: ActivatedNormalise = {
    kind: 'activatedNormalise',
    normalise: normal.step,
    activation: isJoined ? activation : 'linear',
  }
  return isJoined
    ? { primitive: { ...behind!, inputs: normal.inputs, step }, length: 2 }
    : { primitive: { ...normal, step }, length: 1 }
}

/** An activation that passes values on as they are between two bounds, and goes back through itself. */
function clippingOf(behind: GraphPrimitive | undefined): 'relu' | 'relu6' | undefined {
  if (behind?.step.kind !== 'activate' || behind.step.backwardAtPool) return undefined
  const { activation } = behind.step
  return activation === 'relu' || activation === 'relu6' ? activation : undefined
}
