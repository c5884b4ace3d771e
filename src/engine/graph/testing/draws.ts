/** Numbers that scripts/fixtures/keras_models.py makes in the same way, so that fixtures need not hold them. */
import { sizeOf, type WeightSpec } from '../../models/layerWeights.ts'
import type { NamedArray } from '../network.ts'

/** `count` numbers in [0, 1). */
function draws(count: number, salt: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => {
    let x = (Math.imul(index + 1, 2_654_435_761) + salt * 40_503) >>> 0
    x ^= x >>> 15
    x = Math.imul(x, 0x2c1b3c6d) >>> 0
    x ^= x >>> 12
    x = Math.imul(x, 0x297a2d39) >>> 0
    return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32
  })
}

export const drawnBytes = (count: number, salt = 1000): Uint8Array =>
  Uint8Array.from(draws(count, salt), (value) => Math.floor(256 * value))

export const drawnLabels = (count: number, classes: number, salt = 2000): Int32Array =>
  Int32Array.from(draws(count, salt), (value) => Math.floor(classes * value))

/** A value for every weight: kernels within ±0.4, biases within ±0.1, factors about 1. */
export function drawnWeights(specs: readonly WeightSpec[]): NamedArray[] {
  return specs.map(({ name, shape }, salt) => {
    const { middle, reach } = rangeOf(name)
    const values = Float32Array.from(
      draws(sizeOf(shape), salt),
      (value) => middle + reach * (2 * value - 1),
    )
    return { name, shape, values }
  })
}

function rangeOf(name: string): { readonly middle: number; readonly reach: number } {
  if (/\/(gamma|movingVariance)$/.test(name)) return { middle: 1, reach: 0.3 }
  return { middle: 0, reach: /\/(bias|beta|movingMean)$/.test(name) ? 0.1 : 0.4 }
}
