/** A network of layers as a notation, where it is one. */
import type { LayerSpec, ModelSpec } from '../../../shared/domain/modelSpec.ts'
import { paddingAt, type Convolution, type Dense, type Group, type Notation } from './notation.ts'
import { printNotation } from './print.ts'
import { notationSpec } from './toSpec.ts'

/** The notation of a network; undefined for one that no notation stands for. Loss and optimiser are not looked at. */
export function notationOf(spec: ModelSpec): string | undefined {
  const notation = { groups: groupsOf(spec.layers), dense: denseOf(spec.layers) }
  const isThere = notation.groups.length + notation.dense.length > 0
  // What was passed over on the way would be missing from the network that the notation stands for.
  return isThere && isSame(spec, notation) ? printNotation(notation) : undefined
}

function isSame(spec: ModelSpec, notation: Notation): boolean {
  const { layers } = notationSpec(notation, spec)
  return JSON.stringify(layers) === JSON.stringify(spec.layers)
}

function groupsOf(layers: readonly LayerSpec[]): Group[] {
  const groups: Group[] = []
  let convolutions: Convolution[] = []
  layers.forEach((layer, at) => {
    if (layer.type === 'conv2d') {
      const { filters, kernel, padding } = layer
      const isNormalised = layers[at + 1]?.type === 'batchNormalization'
      convolutions.push({ filters, kernel: kernel[0], isNormalised, padding })
    } else if (layer.type === 'maxPool' && convolutions.length > 0) {
      const dropout = rateOf(layers[at + 1])
      const group = { convolutions: convolutions.map(byRule), pool: layer.pool[0] }
      groups.push({ ...group, ...(dropout !== undefined && { dropout }) })
      convolutions = []
    }
  })
  return groups
}

/** Without the padding, where it is the one that the place in the group gives. */
function byRule(convolution: Convolution, place: number, all: readonly Convolution[]): Convolution {
  const { padding, ...rest } = convolution
  return padding === paddingAt(place, all.length) ? rest : convolution
}

function denseOf(layers: readonly LayerSpec[]): Dense[] {
  const last = layers.length - 1
  return layers.flatMap((layer, at) => {
    if (layer.type !== 'dense' || at === last) return []
    const { units, activation, l2 } = layer
    const isNormalised = layers[at + 1]?.type === 'batchNormalization'
    const dropout = rateOf(layers[at + (isNormalised ? 2 : 1)])
    const hasRelu = activation === 'relu'
    return [{ units, isNormalised, hasRelu, l2, ...(dropout !== undefined && { dropout }) }]
  })
}

const rateOf = (layer: LayerSpec | undefined): number | undefined =>
  layer?.type === 'dropout' ? layer.rate : undefined
