/** What the parts under `layers/` are given, and what each gives back. */
import * as attribute from './attributes.ts'
import type { Shape } from '../models/layerShape.ts'
import type { WeightSpec } from '../models/layerWeights.ts'
import type { GraphBuilder, Ref } from './graphBuilder.ts'

/** A tensor on its way through the network, batch first. */
export interface Value {
  readonly ref: Ref
  /** Without the batch, as the network's layers see it. */
  readonly shape: Shape
  /**
   * Only one channel is stored, and all channels of `shape` equal it: a grey film that the network takes as three
   * colours, before the first layer that tells channels apart.
   */
  readonly isGrey: boolean
}

export interface Context {
  readonly graph: GraphBuilder
  /** In training, dropout is on and batch normalisation uses (and follows) the batch's own statistics. */
  readonly isTraining: boolean
  /** The weight's present value. */
  readonly read: (weight: WeightSpec) => Ref
  /** The weight's variable, for moving statistics. */
  readonly variable: (weight: WeightSpec) => Ref
  /** Two int32: the step's seed, and the place of the film batch in the step. */
  readonly seed: Ref
  /** A node that must run in every training step though nothing takes its result. */
  readonly also: (node: Ref) => void
}

/** Which gradients are of use. */
interface Wants {
  /** Of the inputs: false where nothing before them learns. */
  readonly inputs: boolean
  readonly weights: boolean
}

interface Gradients {
  /** One for each input, or none where `Wants` says so. */
  readonly inputs: readonly Ref[]
  readonly weights: readonly { readonly weight: WeightSpec; readonly gradient: Ref }[]
}

export interface Lowered {
  readonly output: Value
  /** Gradients of the loss by inputs and weights, from its gradient by the output. */
  readonly backward: (gradient: Ref, wants: Wants) => Gradients
}

/** A step without weights. */
export const weightless =
  (backward: (gradient: Ref) => readonly Ref[]): Lowered['backward'] =>
  (gradient, wants) => ({ inputs: wants.inputs ? backward(gradient) : [], weights: [] })

/** The value with every channel stored: for steps that tell channels apart. */
export function inColour(graph: GraphBuilder, value: Value): Value {
  if (!value.isGrey) return value
  const ref = graph.op('Tile', [value.ref, graph.ints([1, 1, 1, value.shape[2]!])], {
    T: attribute.type('float'),
    Tmultiples: attribute.type('int32'),
  })
  return { ...value, ref, isGrey: false }
}
