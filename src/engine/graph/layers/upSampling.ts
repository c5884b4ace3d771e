/** Larger images: each pixel repeated, or bilinear with half-pixel centres as Keras has it. */
import * as attribute from '../attributes.ts'
import { weightless, type Context, type Lowered, type Value } from '../lowering.ts'
import type { GraphPrimitive, Step } from '../primitives.ts'

const attributes = {
  T: attribute.type('float'),
  align_corners: attribute.flag(false),
  half_pixel_centers: attribute.flag(true),
}

export function lowerUpSampling(
  { graph }: Context,
  { outputShape }: GraphPrimitive,
  { interpolation }: Extract<Step, { kind: 'upSample' }>,
  input: Value,
): Lowered {
  const isNearest = interpolation === 'nearest'
  const operation = isNearest ? 'ResizeNearestNeighbor' : 'ResizeBilinear'
  const before = graph.ints(input.shape.slice(0, 2))
  const after = graph.ints(outputShape.slice(0, 2))
  return {
    output: {
      ...input,
      ref: graph.op(operation, [input.ref, after], attributes),
      shape: outputShape,
    },
    backward: weightless((gradient) => [
      graph.op(`${operation}Grad`, [gradient, isNearest ? before : input.ref], attributes),
    ]),
  }
}
