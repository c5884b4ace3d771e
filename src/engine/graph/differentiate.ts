/** Forward through all steps, and back through those that something learnable stands before. */
import type { WeightSpec } from '../models/layerWeights.ts'
import { INPUT } from '../models/wiring.ts'
import type { Ref } from './graphBuilder.ts'
import { lowerStep } from './lowerStep.ts'
import type { Context, Lowered, Value } from './lowering.ts'
import { sumOf } from './ops.ts'
import { weightsOfStep, type GraphPrimitive } from './primitives.ts'

export interface WeightGradient {
  readonly weight: WeightSpec
  readonly gradient: Ref
}

export interface Forward {
  /** The result of the step of that name. */
  readonly value: (name: string) => Value
  /** Gradients of all trainable weights, from the loss's gradient by the step `from`. */
  readonly backward: (from: string, gradient: Ref) => WeightGradient[]
}

/** Adds all steps to the graph. Gradients are added when `backward` is called, once at most. */
export function lowerForward(
  context: Context,
  steps: readonly GraphPrimitive[],
  input: Value,
): Forward {
  const values = new Map<string, Value>([[INPUT, input]])
  const lowered = new Map<string, Lowered>()
  for (const primitive of steps) {
    const inputs = primitive.inputs.map((name) => values.get(name)!)
    const result = context.graph.within(primitive.name, () => lowerStep(context, primitive, inputs))
    lowered.set(primitive.name, result)
    values.set(primitive.name, result.output)
  }
  return {
    value: (name) => values.get(name)!,
    backward: (from, gradient) => lowerBackward(context, steps, lowered, from, gradient),
  }
}

function lowerBackward(
  { graph }: Context,
  steps: readonly GraphPrimitive[],
  lowered: ReadonlyMap<string, Lowered>,
  from: string,
  gradient: Ref,
): WeightGradient[] {
  const learning = learningSteps(steps)
  const arriving = new Map<string, Ref[]>([[from, [gradient]]])
  const found: WeightGradient[] = []
  for (const primitive of [...steps].reverse()) {
    const terms = arriving.get(primitive.name)
    if (terms === undefined || !learning.has(primitive.name)) continue
    const wants = {
      inputs: primitive.inputs.some((name) => learning.has(name)),
      weights: hasTrainable(primitive),
    }
    const { inputs, weights } = graph.within(`${primitive.name}/back`, () =>
      lowered.get(primitive.name)!.backward(sumOf(graph, terms), wants),
    )
    found.push(...weights)
    for (const [place, name] of primitive.inputs.entries()) {
      const term = inputs[place]
      if (term !== undefined && learning.has(name))
        arriving.set(name, [...(arriving.get(name) ?? []), term])
    }
  }
  return found
}

/** Steps with a trainable weight of their own or somewhere before them: gradients go no further than these. */
function learningSteps(steps: readonly GraphPrimitive[]): ReadonlySet<string> {
  const learning = new Set<string>()
  for (const primitive of steps) {
    if (hasTrainable(primitive) || primitive.inputs.some((name) => learning.has(name)))
      learning.add(primitive.name)
  }
  return learning
}

const hasTrainable = ({ step }: GraphPrimitive): boolean =>
  weightsOfStep(step).some(({ trainable }) => trainable)
