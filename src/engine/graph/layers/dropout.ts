/** Dropout of values or of whole channels; the rest is scaled up so that the mean stays. */
import { inColour, weightless, type Context, type Lowered, type Value } from '../lowering.ts'
import * as attribute from '../attributes.ts'
import { batchOf, cast, floats, multiply, pack, random, scale, shapeOf } from '../ops.ts'
import type { Step } from '../primitives.ts'

export type Dropout = Extract<Step, { kind: 'dropout' }>

/** More than the films' pieces of one step, so that no two layers draw alike. */
const DRAWS_PER_LAYER = 65_536

export function lowerDropout(context: Context, step: Dropout, given: Value): Lowered {
  const { graph } = context
  if (!context.isTraining || step.rate === 0)
    return { output: given, backward: weightless((gradient) => [gradient]) }
  const input = inColour(graph, given)
  const seed = graph.op('AddV2', [context.seed, graph.ints([0, step.index * DRAWS_PER_LAYER])], {
    T: attribute.type('int32'),
  })
  const drawn = random(graph, 'Uniform', drawnShape(context, step, input), seed)
  const isKept = floats(graph, 'GreaterEqual', drawn, graph.float(step.rate))
  const mask = scale(graph, cast(graph, isKept, 'bool', 'float'), 1 / (1 - step.rate))
  return {
    output: { ...input, ref: multiply(graph, input.ref, mask) },
    backward: weightless((gradient) => [multiply(graph, gradient, mask)]),
  }
}

function drawnShape({ graph }: Context, { perChannel }: Dropout, input: Value): string {
  if (!perChannel) return shapeOf(graph, input.ref)
  const channels = graph.int(input.shape.at(-1)!)
  return pack(graph, [batchOf(graph, input.ref), graph.int(1), graph.int(1), channels])
}
