/** Steps that move values or join them, and compute little: flatten, padding, rescaling, add, concatenate. */
import * as attribute from '../attributes.ts'
import { inColour, weightless, type Context, type Lowered, type Value } from '../lowering.ts'
import { concatenate, reshape, scale, shift, slice, sumOf } from '../ops.ts'
import type { GraphPrimitive, Step } from '../primitives.ts'

export function lowerFlatten(
  { graph }: Context,
  { outputShape }: GraphPrimitive,
  given: Value,
): Lowered {
  const input = inColour(graph, given)
  return {
    output: {
      ...input,
      ref: reshape(graph, input.ref, [-1, ...outputShape]),
      shape: outputShape,
    },
    backward: weightless((gradient) => [reshape(graph, gradient, [-1, ...input.shape])]),
  }
}

export function lowerPadding(
  { graph }: Context,
  { outputShape }: GraphPrimitive,
  { by }: Extract<Step, { kind: 'pad' }>,
  input: Value,
): Lowered {
  const [rows, columns] = by
  const paddings = graph.intMatrix([[0, 0], rows, columns, [0, 0]])
  const padded = graph.op('Pad', [input.ref, paddings], {
    T: attribute.type('float'),
    Tpaddings: attribute.type('int32'),
  })
  const [height, width] = input.shape
  return {
    output: { ...input, ref: padded, shape: outputShape },
    backward: weightless((gradient) => [
      slice(graph, gradient, [0, rows[0], columns[0], 0], [-1, height!, width!, -1]),
    ]),
  }
}

export function lowerRescaling(
  { graph }: Context,
  step: Extract<Step, { kind: 'rescale' }>,
  input: Value,
): Lowered {
  const scaled = shift(graph, scale(graph, input.ref, step.scale), step.offset)
  return {
    output: { ...input, ref: scaled },
    backward: weightless((gradient) => [scale(graph, gradient, step.scale)]),
  }
}

export function lowerAdd({ graph }: Context, given: readonly Value[]): Lowered {
  const inputs = given.map((value) => inColour(graph, value))
  return {
    output: { ...inputs[0]!, ref: sumOf(graph, inputs.map(({ ref }) => ref)) }, // prettier-ignore
    backward: weightless((gradient) => inputs.map(() => gradient)),
  }
}

export function lowerConcatenation(
  { graph }: Context,
  { outputShape }: GraphPrimitive,
  given: readonly Value[],
): Lowered {
  const inputs = given.map((value) => inColour(graph, value))
  const refs = inputs.map(({ ref }) => ref)
  const axes = outputShape.length
  return {
    output: { ref: concatenate(graph, refs, axes), shape: outputShape, isGrey: false },
    backward: weightless((gradient) => {
      let start = 0
      return inputs.map(({ shape }) => {
        const channels = shape.at(-1)!
        const begin = [...Array<number>(axes).fill(0), start]
        start += channels
        return slice(graph, gradient, begin, [...Array<number>(axes).fill(-1), channels])
      })
    }),
  }
}
