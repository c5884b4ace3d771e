import type { Random } from '../../data/random.ts'
import type { NamedArray } from '../../graph/network.ts'
import { INPUT } from '../../models/wiring.ts'
import type { ShapedModel } from '../../models/shapes.ts'

/**
 * Dropout as weights: what a layer receives is blanked at random by leaving out the kernel's rows for it, and the rest
 * is scaled up so that the mean stays (Gal and Ghahramani 2016: dropout at prediction samples from what the network
 * might as well have learnt). So every network can be asked, whether it was trained with dropout or not. Kernels that
 * see the film itself stay whole. Undefined where no kernel is left.
 */
export function droppedWeights(
  model: ShapedModel,
  weights: readonly NamedArray[],
  random: Random,
  rate: number,
): NamedArray[] | undefined {
  const names = new Set(droppable(model))
  if (names.size === 0) return undefined
  return weights.map((array) => (names.has(array.name) ? dropped(array, random, rate) : array))
}

/** Of a separable convolution the second kernel, so that nothing is dropped twice. */
const droppable = ({ layers }: ShapedModel): string[] =>
  layers
    .filter(({ inputs, inputShapes }) => {
      const seesFilm = inputs.includes(INPUT) || isFilmAlone(layers, inputs)
      return !seesFilm && inputShapes.length > 0
    })
    .flatMap(({ weights }) => weights.filter(({ kernel }) => kernel).slice(-1))
    .map(({ name }) => name)

/** Fed by layers without weights that lead back to the film: flattened, padded or scaled pixels are pixels. */
function isFilmAlone(layers: ShapedModel['layers'], inputs: readonly string[]): boolean {
  return inputs.every((name) => {
    if (name === INPUT) return true
    const layer = layers.find((one) => one.name === name)!
    return !layer.weights.some(({ kernel }) => kernel) && isFilmAlone(layers, layer.inputs)
  })
}

/** A kernel's last but one side counts what it receives. */
function dropped({ name, shape, values }: NamedArray, random: Random, rate: number): NamedArray {
  const [inputs, outputs] = [shape.at(-2)!, shape.at(-1)!]
  const kept = Float32Array.from({ length: inputs }, () =>
    random.next() < rate ? 0 : 1 / (1 - rate),
  )
  return {
    ...{ name, shape },
    values: values.map((value, at) => value * kept[Math.floor(at / outputs) % inputs]!),
  }
}
