/** Weights before the first step, as Keras 3 draws them. */
import { assertNever } from '../../shared/assertNever.ts'
import { normal, randomStream, uniform, type Random } from '../data/random.ts'
import { sizeOf, type WeightSpec } from '../models/layerWeights.ts'
import type { Shape } from '../models/layerShape.ts'
import type { NamedArray } from './network.ts'

/** The deviation that is left of a standard normal cut at ±2. */
const CUT_NORMAL_DEVIATION = 0.879_625_661_034_239_78

/** Draws every weight from a stream of its own, so that a layer more or less leaves the others as they were. */
export function initialWeights(specs: readonly WeightSpec[], seed: number): NamedArray[] {
  return specs.map((spec) => ({
    name: spec.name,
    shape: spec.shape,
    values: draw(spec, randomStream(seed, `weight/${spec.name}`)),
  }))
}

function draw({ shape, initializer }: WeightSpec, random: Random): Float32Array {
  const values = new Float32Array(sizeOf(shape))
  const { fanIn, fanOut } = fans(shape)
  switch (initializer) {
    case 'zeros':
      return values
    case 'ones':
      return values.fill(1)
    case 'glorotUniform':
      return drawUniform(values, random, Math.sqrt(6 / (fanIn + fanOut)))
    case 'heUniform':
      return drawUniform(values, random, Math.sqrt(6 / fanIn))
    case 'glorotNormal':
      return drawNormal(values, random, Math.sqrt(2 / (fanIn + fanOut)))
    case 'heNormal':
      return drawNormal(values, random, Math.sqrt(2 / fanIn))
    default:
      return assertNever(initializer)
  }
}

/** Inputs and outputs of one unit: a window's places times channels in, and times channels out. */
function fans(shape: Shape): { readonly fanIn: number; readonly fanOut: number } {
  const places = sizeOf(shape.slice(0, -2))
  return { fanIn: places * (shape.at(-2) ?? 1), fanOut: places * shape.at(-1)! }
}

function drawUniform(values: Float32Array, random: Random, limit: number): Float32Array {
  for (let at = 0; at < values.length; at++) values[at] = uniform(random, -limit, limit)
  return values
}

/** Draws beyond two deviations are drawn again; the rest is widened to the deviation asked for. */
function drawNormal(values: Float32Array, random: Random, deviation: number): Float32Array {
  for (let at = 0; at < values.length; at++) {
    let drawn = normal(random)
    while (Math.abs(drawn) > 2) drawn = normal(random)
    values[at] = (drawn * deviation) / CUT_NORMAL_DEVIATION
  }
  return values
}
