/** The layers that a notation stands for. */
import {
  ModelSpec,
  type InputShape,
  type LayerInput,
  type ModelSpecInput,
} from '../../../shared/domain/modelSpec.ts'
import { paddingAt, type Convolution, type Dense, type Group, type Notation } from './notation.ts'
import { printNotation } from './print.ts'

export interface Ends {
  readonly input: InputShape
  readonly classes: number
}

/** Names of networks are at most this long. */
const MAX_NAME = 100

/**
 * The network between an input and its classes: one sigmoid unit for two, a softmax unit each for more; compiled with
 * Adam and cross-entropy. Whether the input is large enough is not asked here.
 */
export function notationSpec(notation: Notation, { input, classes }: Ends): ModelSpec {
  return ModelSpec.parse({
    name: printNotation(notation).slice(0, MAX_NAME),
    input,
    classes,
    layers: notationLayers(notation, classes),
    loss: { kind: classes === 2 ? 'binaryCrossentropy' : 'categoricalCrossentropy' },
    optimiser: { kind: 'adam' },
  } satisfies ModelSpecInput)
}

export const notationLayers = ({ groups, dense }: Notation, classes: number): LayerInput[] => [
  ...groups.flatMap(groupLayers),
  { type: 'flatten' },
  ...dense.flatMap(denseLayers),
  classes === 2
    ? { type: 'dense', units: 1, activation: 'sigmoid' }
    : { type: 'dense', units: classes, activation: 'softmax' },
]

function groupLayers({ convolutions, pool, dropout }: Group): LayerInput[] {
  const count = convolutions.length
  return [
    ...convolutions.flatMap((convolution, place) => convolutionLayers(convolution, place, count)),
    { type: 'maxPool', pool: [pool, pool] },
    ...dropoutLayers(dropout),
  ]
}

function convolutionLayers(convolution: Convolution, place: number, count: number): LayerInput[] {
  const { filters, kernel, isNormalised, padding = paddingAt(place, count) } = convolution
  return [
    { type: 'conv2d', filters, kernel: [kernel, kernel], padding, activation: 'relu' },
    ...normalisationLayers(isNormalised),
  ]
}

const denseLayers = ({ units, isNormalised, hasRelu, dropout, l2 }: Dense): LayerInput[] => [
  { type: 'dense', units, activation: hasRelu ? 'relu' : 'linear', l2 },
  ...normalisationLayers(isNormalised),
  ...dropoutLayers(dropout),
]

const normalisationLayers = (isNormalised: boolean): LayerInput[] =>
  isNormalised ? [{ type: 'batchNormalization' }] : []
const dropoutLayers = (rate: number | undefined): LayerInput[] =>
  rate === undefined ? [] : [{ type: 'dropout', rate }]
