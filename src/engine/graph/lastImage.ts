import type { GraphPrimitive } from './primitives.ts'

/**
 * The last step whose result still is an image: what the network sees, before it turns it into plain numbers. Undefined
 * where the film itself is turned at once.
 */
export const lastImage = (
  steps: readonly Pick<GraphPrimitive, 'name' | 'outputShape'>[],
): { readonly name: string; readonly channels: number } | undefined => {
  const step = [...steps].reverse().find(({ outputShape }) => outputShape.length === 3)
  return step && { name: step.name, channels: step.outputShape[2]! }
}
