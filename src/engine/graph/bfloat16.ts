/**
 * Prediction in bfloat16, which processors with AVX512-BF16 or AMX multiply several times faster. A bfloat16 keeps 8
 * binary digits of 24, so the scores differ in the third decimal: whoever uses them compares first.
 */
import type { WeightSpec } from '../models/layerWeights.ts'
import { lowerForward } from './differentiate.ts'
import type { GraphBuilder, Ref } from './graphBuilder.ts'
import { lastImage } from './lastImage.ts'
import { lowerActivation } from './layers/activation.ts'
import { lowerGlobalAverage } from './layers/pooling.ts'
import type { Context, Value } from './lowering.ts'
import { identity } from './ops.ts'
import type { Primitive } from './primitives.ts'
import { change, makeVariable, readVariable, together, type Variable } from './variables.ts'

/** Fetched once after the weights were written: rounds them, so that no prediction has to. */
export const ROUND_WEIGHTS = 'bfloat16/round'
/** [films, outputs], float32. */
export const bfloat16Probabilities = (storage: string): string => `bfloat16/${storage}`

/** [films, channels] of the last image, float32. */
export const bfloat16Features = (storage: string): string => `bfloat16/${storage}/features`

/** Whether TensorFlow has every step in bfloat16 too: resizing has none, nor has the rearranging for dilation. */
export function fitsBfloat16(steps: readonly Primitive[]): boolean {
  return (
    steps.at(-1)?.step.kind === 'activate' &&
    steps.every(({ step }) => {
      if (step.kind === 'upSample') return false
      return !('sliding' in step) || step.sliding.dilation.every((side) => side === 1)
    })
  )
}

export interface RoundedWeights {
  readonly read: Context['read']
  /** Adds the node that rounds all that was read. */
  readonly finish: () => void
}

/** Copies of the weights in bfloat16, made when they are first read. `exact` gives what is rounded. */
export function roundedWeights(graph: GraphBuilder, exact: Context['read']): RoundedWeights {
  const copies = new Map<string, Variable>()
  const rounded: Ref[] = []
  function copyOf(weight: WeightSpec): Variable {
    const value = graph.withFloats('float', () => exact(weight))
    return graph.withFloats('bfloat16', () => {
      const copy = makeVariable(graph, `bfloat16/${weight.name}`, weight.shape)
      rounded.push(change(graph, 'Assign', copy, graph.toBfloat16(value)))
      return copy
    })
  }
  return {
    read: (weight) => {
      const copy = copies.get(weight.name) ?? copyOf(weight)
      copies.set(weight.name, copy)
      return graph.withFloats('bfloat16', () => readVariable(graph, copy))
    },
    finish: () => void together(graph, ROUND_WEIGHTS, rounded),
  }
}

/** All steps but the last activation, which takes and gives float32: near 0 and 1 it needs the digits. */
export function lowerBfloat16(
  context: Context,
  storage: string,
  steps: readonly Primitive[],
  input: Value,
): void {
  const { graph } = context
  const last = steps.at(-1)!
  if (last.step.kind !== 'activate') throw new TypeError('The network does not end in an activation') // prettier-ignore
  const end = last.step
  const body = steps.slice(0, -1)
  graph.within(`${storage}/bfloat16`, () => {
    const start = { ...input, ref: graph.toBfloat16(input.ref) }
    const { value } = graph.withFloats('bfloat16', () => lowerForward(context, body, start))
    const logits = value(last.inputs[0]!)
    const exact = { ...logits, ref: graph.fromBfloat16(logits.ref) }
    const { output } = lowerActivation(context, end, exact)
    identity(graph, output.ref, bfloat16Probabilities(storage))
    const image = lastImage(steps)
    if (image) {
      const seen = value(image.name)
      const pooled = lowerGlobalAverage(context, { ...seen, ref: graph.fromBfloat16(seen.ref) })
      identity(graph, pooled.output.ref, bfloat16Features(storage))
    }
  })
}
