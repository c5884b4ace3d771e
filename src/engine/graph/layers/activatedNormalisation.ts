/** Batch normalisation by the batch's statistics with relu, relu6 or nothing behind it, by our own operations (`native/normalisation.cc`). */
import * as attribute from '../attributes.ts'
import { inColour, type Context, type Lowered, type Value } from '../lowering.ts'
import type { ActivatedNormalise } from '../primitives.ts'
import { followStatistics } from './batchNormalization.ts'

const numbers = { linear: 0, relu: 1, relu6: 2 } as const

export function lowerActivatedNormalisation(
  context: Context,
  { normalise, activation }: ActivatedNormalise,
  given: Value,
): Lowered {
  const { graph, read } = context
  const input = inColour(graph, given)
  const attributes = {
    activation: attribute.int(numbers[activation]),
    epsilon: attribute.real(normalise.epsilon),
  }
  const weights = [read(normalise.gamma), read(normalise.beta)]
  const result = graph.op('PneumoscopeNormalise', [input.ref, ...weights], attributes)
  const statistics = [`${result}:1`, `${result}:2`] as const
  followStatistics(context, normalise, ...statistics)
  return {
    output: { ...input, ref: result },
    backward: (gradient, wants) => {
      const node = graph.op(
        'PneumoscopeNormaliseGradient',
        [input.ref, ...weights, ...statistics, gradient],
        attributes,
      )
      return {
        inputs: wants.inputs ? [node] : [],
        weights: wants.weights
          ? [
              { weight: normalise.gamma, gradient: `${node}:1` },
              { weight: normalise.beta, gradient: `${node}:2` },
            ]
          : [],
      }
    },
  }
}
