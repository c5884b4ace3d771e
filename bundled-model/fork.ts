/**
 * Several trainings of one network in one: what they share once, then a branch of each, whose last images are pooled
 * and weighed together, so that the result is the mean of their logits (an ensemble, Hansen and Salamon, "Neural Network
 * Ensembles", 1990). What was frozen in training is alike in all of them.
 */
import { ModelSpec, type LayerSpec } from '../src/shared/domain/modelSpec.ts'
import type { NamedArray } from '../src/engine/graph/network.ts'
import { inferShapes } from '../src/engine/models/shapes.ts'

const [POOL, SCORE] = ['pool', 'score']
const prefixOf = (branch: number) => `branch${branch + 1}.`

/** `spec`: frozen layers, layers that learn, and from `pool` on what weighs the last image; each layer has a name. */
export function forkedSpec(spec: ModelSpec, branches: number): ModelSpec {
  const { trunk, branch, end } = sectionsOf(spec)
  const own = new Set(branch.map(({ name }) => name))
  const root = trunk.at(-1)!.name!
  const copied = (at: number) =>
    branch.map((layer, place): LayerSpec => {
      const inputs = layer.inputs ?? (place === 0 ? [root] : undefined)
      const renamed = (name: string) => (own.has(name) ? `${prefixOf(at)}${name}` : name)
      return {
        ...layer,
        name: renamed(layer.name!),
        ...(inputs && { inputs: inputs.map(renamed) }),
      }
    })
  const all = Array.from({ length: branches }, (_, at) => copied(at))
  const joined = { type: 'concatenate', name: 'joined', inputs: all.map((layers) => layers.at(-1)!.name!) } as const // prettier-ignore
  return ModelSpec.parse({ ...spec, layers: [...trunk, ...all.flat(), joined, ...end] })
}

/** Weights of `forkedSpec(spec, models.length)`. Throws where the models differ in what they should share. */
export function forkedWeights(
  spec: ModelSpec,
  models: readonly (readonly NamedArray[])[],
): NamedArray[] {
  const known = models.map((weights) => new Map(weights.map((array) => [array.name, array])))
  const specs = inferShapes(forkedSpec(spec, models.length)).layers.flatMap(
    ({ weights }) => weights,
  )
  return specs.map(({ name, shape }) => {
    const branch = known.findIndex((_, at) => name.startsWith(prefixOf(at)))
    const values =
      branch >= 0
        ? valuesOf(known[branch]!, name.slice(prefixOf(branch).length))
        : sharedOf(name, known.map((weights) => valuesOf(weights, name))) // prettier-ignore
    return { name, shape, values }
  })
}

function sharedOf(name: string, all: readonly Float32Array[]): Float32Array {
  const part = (value: number) => value / all.length
  if (name === `${SCORE}/kernel`) return Float32Array.from(all.flatMap((values) => [...values].map(part))) // prettier-ignore
  const [first] = all
  if (name === `${SCORE}/bias`) return first!.map((_, at) => part(all.reduce((sum, each) => sum + each[at]!, 0))) // prettier-ignore
  if (!all.every((values) => values.every((value, at) => value === first![at])))
    throw new Error(`${name} is not the same in every model`)
  return first!
}

function valuesOf(weights: ReadonlyMap<string, NamedArray>, name: string): Float32Array {
  const array = weights.get(name)
  if (!array) throw new Error(`${name} is not in every model`)
  return array.values
}

function sectionsOf(spec: ModelSpec) {
  const { layers } = spec
  const learning = inferShapes(spec).layers.findIndex(({ weights }) => weights.some(({ trainable }) => trainable)) // prettier-ignore
  const pool = layers.findIndex(({ name }) => name === POOL)
  if (learning < 1 || pool < learning)
    throw new Error('there is nothing to share, or nothing to fork')
  return { trunk: layers.slice(0, learning), branch: layers.slice(learning, pool), end: layers.slice(pool) } // prettier-ignore
}
