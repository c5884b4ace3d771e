/** Names every layer and says which layers feed it. */
import type { LayerSpec, ModelSpec } from '../../shared/domain/modelSpec.ts'
import { AppError } from '../../shared/errors.ts'

/** What a layer's `inputs` call the network's own input. */
export const INPUT = 'input'

export interface WiredLayer {
  readonly name: string
  readonly spec: LayerSpec
  /** Names of earlier layers, or INPUT. */
  readonly inputs: readonly string[]
}

/**
 * The layers in order with a unique name and named inputs each. A layer without a name is called after its type
 * and counted from 1: `conv2d_1`, `conv2d_2`, `maxPool_1`; names that the specification takes are passed over.
 * Throws BAD_INPUT for a name used twice, an input that is not an earlier layer, or a layer that feeds nothing.
 */
export function wire(spec: ModelSpec): WiredLayer[] {
  const names = nameLayers(spec.layers)
  const layers = spec.layers.map((layer, index) => ({
    name: names[index]!,
    spec: layer,
    inputs: layer.inputs ?? [index === 0 ? INPUT : names[index - 1]!],
  }))
  const earlier = new Set([INPUT])
  for (const layer of layers) {
    for (const input of layer.inputs) refuseUnknown(layer.name, input, earlier, names)
    if (layer.inputs.length > 1 && layer.spec.type !== 'add' && layer.spec.type !== 'concatenate')
      throw new AppError(
        'BAD_INPUT',
        `Layer ${layer.name} takes one input, but has ${layer.inputs.length}; join them with add or concatenate`,
      )
    earlier.add(layer.name)
  }
  refuseUnused(layers)
  return layers
}

function nameLayers(layers: readonly LayerSpec[]): string[] {
  const taken = new Set([INPUT])
  for (const { name } of layers) {
    if (name === undefined) continue
    if (taken.has(name)) throw new AppError('BAD_INPUT', `Two layers are named ${name}`)
    taken.add(name)
  }
  const counts = new Map<string, number>()
  return layers.map((layer) => {
    if (layer.name !== undefined) return layer.name
    let count = counts.get(layer.type) ?? 0
    do count++
    while (taken.has(`${layer.type}_${count}`))
    counts.set(layer.type, count)
    return `${layer.type}_${count}`
  })
}

function refuseUnknown(
  layer: string,
  input: string,
  earlier: ReadonlySet<string>,
  names: readonly string[],
): void {
  if (earlier.has(input)) return
  const reason = names.includes(input)
    ? 'which does not come before it'
    : 'and there is no layer of that name'
  throw new AppError('BAD_INPUT', `Layer ${layer} takes ${input} as an input, ${reason}`)
}

function refuseUnused(layers: readonly WiredLayer[]): void {
  const used = new Set(layers.flatMap((layer) => layer.inputs))
  const idle = layers.slice(0, -1).find((layer) => !used.has(layer.name))
  if (idle)
    throw new AppError(
      'BAD_INPUT',
      `Layer ${idle.name} feeds no other layer; name it in the inputs of a later one, or remove it`,
    )
}
