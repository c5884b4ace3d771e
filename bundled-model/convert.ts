/** Published weights of EfficientNet-Lite under our names and in our order of axes. */
import { AppError } from '../src/shared/errors.ts'
import type { NamedArray } from '../src/engine/graph/network.ts'
import { blocksOf, type Size } from './efficientnetLite.ts'
import type { TorchTensor } from './torch/readTorch.ts'

type Tensors = ReadonlyMap<string, TorchTensor>

/**
 * All weights but the classifier's. The stem takes one grey channel: its kernel is summed over red, green and blue,
 * which gives on a grey film what the original gives on that film three times.
 */
export function convertLite(tensors: Tensors, size: Size): NamedArray[] {
  const find = finder(tensors)
  return [
    inOneChannel(convolution('stem', find('_conv_stem.weight'))),
    ...normalisation('stem.norm', '_bn0', find),
    ...blocksOf(size).flatMap(({ index, expansion, stride, filtersIn, filters }) => {
      const theirs = `_blocks.${index}`
      const ours = `block${index}`
      const isResidual = stride === 1 && filtersIn === filters
      return [
        ...(expansion === 1
          ? []
          : [
              convolution(`${ours}.expand`, find(`${theirs}._expand_conv.weight`)),
              ...normalisation(`${ours}.expand.norm`, `${theirs}._bn0`, find),
            ]),
        depthwise(`${ours}.filter`, find(`${theirs}._depthwise_conv.weight`)),
        ...normalisation(`${ours}.filter.norm`, `${theirs}._bn1`, find),
        convolution(`${ours}.project`, find(`${theirs}._project_conv.weight`)),
        ...normalisation(isResidual ? `${ours}.project.norm` : ours, `${theirs}._bn2`, find),
      ]
    }),
    convolution('head', find('_conv_head.weight')),
    ...normalisation('head.norm', '_bn1', find),
  ]
}

type Find = (name: string) => TorchTensor

function finder(tensors: Tensors): Find {
  return (name) => {
    const tensor = tensors.get(name)
    if (!tensor) throw new AppError('BAD_MODEL', `The published weights lack ${name}`)
    return tensor
  }
}

/** [out, in, rows, columns] → [rows, columns, in, out]. */
function convolution(layer: string, { shape, values }: TorchTensor): NamedArray {
  const [outputs, inputs, rows, columns] = shape as [number, number, number, number]
  const turned = new Float32Array(values.length)
  let at = 0
  for (let output = 0; output < outputs; output++)
    for (let input = 0; input < inputs; input++)
      for (let place = 0; place < rows * columns; place++)
        turned[(place * inputs + input) * outputs + output] = values[at++]!
  return { name: `${layer}/kernel`, shape: [rows, columns, inputs, outputs], values: turned }
}

/** [channels, 1, rows, columns] → [rows, columns, channels, 1]. */
function depthwise(layer: string, { shape, values }: TorchTensor): NamedArray {
  const [channels, , rows, columns] = shape as [number, number, number, number]
  const turned = new Float32Array(values.length)
  let at = 0
  for (let channel = 0; channel < channels; channel++)
    for (let place = 0; place < rows * columns; place++)
      turned[place * channels + channel] = values[at++]!
  return { name: `${layer}/kernel`, shape: [rows, columns, channels, 1], values: turned }
}

function normalisation(layer: string, theirs: string, find: Find): NamedArray[] {
  return [
    ['gamma', 'weight'],
    ['beta', 'bias'],
    ['movingMean', 'running_mean'],
    ['movingVariance', 'running_var'],
  ].map(([ours, name]) => {
    const { shape, values } = find(`${theirs}.${name!}`)
    return { name: `${layer}/${ours!}`, shape, values }
  })
}

function inOneChannel({ name, shape, values }: NamedArray): NamedArray {
  const [rows, columns, inputs, outputs] = shape as [number, number, number, number]
  const summed = new Float32Array(rows * columns * outputs)
  for (let at = 0; at < values.length; at++) {
    const place = Math.floor(at / (inputs * outputs))
    const slot = place * outputs + (at % outputs)
    summed[slot] = summed[slot]! + values[at]!
  }
  return { name, shape: [rows, columns, 1, outputs], values: summed }
}
