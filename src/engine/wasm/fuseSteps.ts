/** Bias and a clamp go along with the product before them, so that its result is written once. */
import type { WeightSpec } from '../models/layerWeights.ts'
import { feedsOnly } from '../graph/foldNormalisation.ts'
import type { Primitive } from '../graph/primitives.ts'

/** What WebAssembly's products do on their way out; other activations are steps of their own. */
type Clamp = 'relu' | 'relu6'

export interface FusedStep extends Primitive {
  readonly bias?: WeightSpec
  readonly clamp?: Clamp
}

/** The steps in order, each named after the last step that it took in. */
export function fuseSteps(steps: readonly Primitive[]): FusedStep[] {
  const fused: FusedStep[] = []
  for (const primitive of steps) {
    const before = fused.at(-1)
    const extra = before && isProduct(before) ? taken(before, primitive) : undefined
    if (before && extra && feedsOnly(steps, before.name, primitive.name)) {
      fused[fused.length - 1] = { ...before, ...extra, name: primitive.name }
    } else fused.push(primitive)
  }
  return fused
}

const isProduct = ({ step }: FusedStep): boolean =>
  ['convolve', 'depthwise', 'product'].includes(step.kind)

function taken(before: FusedStep, { step }: Primitive): Partial<FusedStep> | undefined {
  if (before.clamp) return undefined
  if (step.kind === 'bias') return before.bias ? undefined : { bias: step.bias }
  if (step.kind !== 'activate') return undefined
  const { activation } = step
  return activation === 'relu' || activation === 'relu6' ? { clamp: activation } : undefined
}
