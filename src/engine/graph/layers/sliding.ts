/** Windows that run over images: attributes, and dilation by rearranging. */
import * as attribute from '../attributes.ts'
import type { Attribute } from '../attributes.ts'
import type { GraphBuilder, Ref } from '../graphBuilder.ts'
import type { Shape } from '../../models/layerShape.ts'
import type { Sliding } from '../primitives.ts'

/** Attributes of convolutions. */
export const convolutionAttributes = ({
  strides,
  padding,
}: Sliding): Record<string, Attribute> => ({
  T: attribute.type('float'),
  strides: attribute.ints([1, ...strides, 1]),
  padding: attribute.text(padding.toUpperCase()),
  data_format: attribute.text('NHWC'),
})

/** Attributes of pools. */
export const poolAttributes = (sliding: Sliding): Record<string, Attribute> => ({
  ...convolutionAttributes(sliding),
  ksize: attribute.ints([1, ...sliding.window, 1]),
})

/** A rearrangement of an image and the way back for its result. */
export interface Rearranged {
  readonly sliding: Sliding
  readonly before: (image: Ref) => Ref
  readonly after: (result: Ref) => Ref
  /** The same for gradients: by the result, and by the image. */
  readonly gradientBefore: (gradient: Ref) => Ref
  readonly gradientAfter: (gradient: Ref) => Ref
}

/**
 * A dilated window as a plain one: every d-th row and column becomes an image of its own (SpaceToBatchND), a plain
 * convolution runs over these, and the results are laced together again. That is exact, and TensorFlow has no
 * gradient of dilated convolutions on the CPU without oneDNN. Both rearrangements are each other's transpose, so
 * gradients take them the other way round.
 */
export function withoutDilation(graph: GraphBuilder, sliding: Sliding, input: Shape): Rearranged {
  const { dilation, window } = sliding
  const same = (ref: Ref): Ref => ref
  if (dilation[0] === 1 && dilation[1] === 1)
    return { sliding, before: same, after: same, gradientBefore: same, gradientAfter: same }
  const sides = [0, 1].map((axis) => {
    const step = dilation[axis]!
    const total = sliding.padding === 'same' ? (window[axis]! - 1) * step : 0
    const start = Math.floor(total / 2)
    const padded = input[axis]! + total
    const extra = Math.ceil(padded / step) * step - padded
    return { step, padding: [start, total - start + extra], crop: [0, extra] }
  })
  const blocks = sides.map(({ step }) => step)
  const paddings = sides.map(({ padding }) => padding)
  const crops = sides.map(({ crop }) => crop)
  const spread = (ref: Ref, by: number[][]): Ref =>
    graph.op('SpaceToBatchND', [ref, graph.ints(blocks), graph.intMatrix(by)], {
      T: attribute.type('float'),
      Tblock_shape: attribute.type('int32'),
      Tpaddings: attribute.type('int32'),
    })
  const lace = (ref: Ref, by: number[][]): Ref =>
    graph.op('BatchToSpaceND', [ref, graph.ints(blocks), graph.intMatrix(by)], {
      T: attribute.type('float'),
      Tblock_shape: attribute.type('int32'),
      Tcrops: attribute.type('int32'),
    })
  return {
    sliding: { ...sliding, dilation: [1, 1], padding: 'valid' },
    before: (image) => spread(image, paddings),
    after: (result) => lace(result, crops),
    gradientBefore: (gradient) => spread(gradient, crops),
    gradientAfter: (gradient) => lace(gradient, paddings),
  }
}
