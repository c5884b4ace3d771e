/** What a person varies in a network, read off its layers. */
import type { LayerSpec } from '../domain/modelSpec.ts'
import type { Setting } from './settings.ts'

type Of<Type extends LayerSpec['type']> = Extract<LayerSpec, { type: Type }>

const convolutions = ['conv2d', 'separableConv2d', 'depthwiseConv2d'] as const
const pools = ['maxPool', 'averagePool', 'globalAveragePool', 'globalMaxPool'] as const

/**
 * Filters, kernels, padding, pooling, dense units, dropout, batch normalisation and L2 of a network, each a list in the
 * order of the layers; the last layer is left out, as the classes decide it.
 */
export function networkSettings(layers: readonly LayerSpec[]): Setting[] {
  const inner = layers.slice(0, -1)
  const all = <Type extends LayerSpec['type']>(...types: readonly Type[]) =>
    inner.filter((layer): layer is Of<Type> => (types as readonly string[]).includes(layer.type))
  const conv = all(...convolutions)
  const dense = all('dense')
  const dropout = all('dropout', 'spatialDropout')
  return [
    list(
      'network.filters',
      'Filters',
      all('conv2d', 'separableConv2d').map(({ filters }) => filters),
    ),
    same(
      'network.kernel',
      'Kernel',
      conv.map(({ kernel }) => square(kernel)),
    ),
    same(
      'network.padding',
      'Padding',
      conv.map(({ padding }) => padding),
    ),
    same('network.pooling', 'Pooling', all(...pools).map(poolWords)),
    list(
      'network.units',
      'Dense units',
      dense.map(({ units }) => units),
    ),
    same(
      'network.dropout',
      'Dropout',
      dropout.map(({ rate }) => rate),
    ),
    {
      key: 'network.batchNormalisation',
      label: 'Batch norm',
      value: all('batchNormalization').length,
    },
    same(
      'network.l2',
      'L2',
      [...conv, ...dense].map(({ l2 }) => l2),
    ),
    same(
      'network.activation',
      'Activation',
      [...conv, ...dense].map(({ activation }) => activation),
    ),
  ]
}

/** The layers in a line, for networks that differ in what the list above does not tell. */
export const layersInWords = (layers: readonly LayerSpec[]): string =>
  layers.map(inWords).join(' · ')

function inWords(layer: LayerSpec): string {
  if ('filters' in layer) return `${layer.type} ${layer.filters}`
  if ('units' in layer) return `${layer.type} ${layer.units}`
  if ('rate' in layer) return `${layer.type} ${layer.rate}`
  if ('pool' in layer) return `${layer.type} ${square(layer.pool)}`
  return layer.type
}

const square = ([height, width]: readonly [number, number]): number | string =>
  height === width ? height : `${height}×${width}`

const poolKinds = {
  maxPool: 'max',
  averagePool: 'average',
  globalAveragePool: 'global average',
  globalMaxPool: 'global max',
} as const

const poolWords = (layer: Of<(typeof pools)[number]>): string =>
  'pool' in layer ? `${poolKinds[layer.type]} ${square(layer.pool)}` : poolKinds[layer.type]

type Entry = number | string

const list = (key: string, label: string, entries: readonly Entry[]): Setting => ({
  ...{ key, label },
  value: entries.length === 0 ? undefined : entries.length === 1 ? entries[0] : entries.join(' '),
})

/** One value where all layers have the same. */
const same = (key: string, label: string, entries: readonly Entry[]): Setting =>
  list(key, label, new Set(entries).size === 1 ? entries.slice(0, 1) : entries)
