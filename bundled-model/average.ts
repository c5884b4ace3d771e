/**
 * One network of several that began alike: the mean of their weights (Wortsman et al., "Model soups: averaging weights of
 * multiple fine-tuned models improves accuracy without increasing inference time", 2022).
 */
import type { NamedArray } from '../src/engine/graph/network.ts'

/** The means of arrays of the same names and shapes, place by place. Throws where they differ. */
export function meanWeights(models: readonly (readonly NamedArray[])[]): NamedArray[] {
  const [first = []] = models
  return first.map(({ name, shape, values }) => {
    const all = models.map((weights) => {
      const same = weights.find((array) => array.name === name)
      if (same?.values.length !== values.length)
        throw new Error(`${name} is not in every model with the same shape`)
      return same.values
    })
    const mean = values.map((_, at) => all.reduce((sum, each) => sum + each[at]!, 0) / all.length)
    return { name, shape, values: mean }
  })
}
