/** The variables of a network: weights, their averages, optimiser slots and sums of gradients. */
import type { WeightSpec } from '../models/layerWeights.ts'
import type { ShapedModel } from '../models/shapes.ts'
import * as attribute from './attributes.ts'
import type { GraphBuilder, Ref } from './graphBuilder.ts'
import { slotNames } from './optimisers.ts'
import {
  change,
  exposeGroup,
  makeVariable,
  readVariable,
  together,
  type Variable,
} from './variables.ts'

export interface WeightVariables {
  readonly specs: readonly WeightSpec[]
  readonly trainable: readonly WeightSpec[]
  readonly current: (name: string) => Variable
  /** The averaged weight where one is kept, else the current. */
  readonly served: (name: string) => Variable
  readonly average: (name: string) => Variable | undefined
  readonly slots: (name: string) => readonly Variable[]
  /** Sum of the gradients of a split batch. */
  readonly sum: (name: string) => Variable
  readonly groups: Readonly<Record<'weights' | 'averages' | 'slots', readonly Variable[]>>
}

/** Fetched to set slots to zero and averages to the weights. */
export const RESET = 'reset'

/** Adds the variables, and the nodes that read and write them by group. */
export function makeWeights(
  graph: GraphBuilder,
  model: ShapedModel,
  options: { readonly weightAverage: number | undefined; readonly inferenceOnly: boolean },
): WeightVariables {
  const specs = model.layers.flatMap((layer) => layer.weights)
  const trainable = options.inferenceOnly ? [] : specs.filter((spec) => spec.trainable)
  const make = (prefix: string, from: readonly WeightSpec[]) =>
    new Map(from.map(({ name, shape }) => [name, makeVariable(graph, `${prefix}/${name}`, shape)]))
  const current = make('weight', specs)
  const averages = make('average', options.weightAverage === undefined ? [] : trainable)
  const sums = make('sum', trainable)
  const kept = slotNames(model.spec.optimiser).map((slot) => make(`slot/${slot}`, trainable))
  const groups = {
    weights: [...current.values()],
    averages: [...averages.values()],
    slots: kept.flatMap((slot) => [...slot.values()]),
  }
  for (const [name, variables] of Object.entries(groups)) exposeGroup(graph, name, variables)
  together(graph, RESET, [
    ...groups.slots.map((slot) => change(graph, 'Assign', slot, zeros(graph, slot))),
    ...[...averages].map(([name, average]) =>
      change(graph, 'Assign', average, readVariable(graph, current.get(name)!)),
    ),
  ])
  return {
    specs,
    trainable,
    current: (name) => current.get(name)!,
    served: (name) => averages.get(name) ?? current.get(name)!,
    average: (name) => averages.get(name),
    slots: (name) => kept.map((slot) => slot.get(name)!),
    sum: (name) => sums.get(name)!,
    groups,
  }
}

const zeros = (graph: GraphBuilder, { shape }: Variable): Ref =>
  graph.op('Fill', [graph.ints(shape), graph.float(0)], {
    T: attribute.type('float'),
    index_type: attribute.type('int32'),
  })
