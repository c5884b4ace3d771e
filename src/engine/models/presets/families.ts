/**
 * Starting points in the manner of the classic families, cut down to sizes that train on a processor: the ideas of the
 * papers, not their dimensions. Two classes and 128×128 pixels until a person asks for others.
 */
import type { LayerInput } from '../../../shared/domain/modelSpec.ts'
import type { Preset } from './preset.ts'
import { alexNetLayers, inceptionLayers, vggLayers } from './plainFamilies.ts'
import { mobileNetLayers, resNetLayers, xceptionLayers } from './normalisedFamilies.ts'

const head: LayerInput = { type: 'dense', units: 1, activation: 'sigmoid' }

interface Family {
  readonly name: string
  readonly title: string
  readonly source: string
  readonly description: string
  readonly layers: readonly LayerInput[]
}

const family = ({ name, title, source, description, layers }: Family): Preset => ({
  ...{ name, title, source, description },
  spec: {
    name,
    input: { height: 128, width: 128, channels: 3 },
    classes: 2,
    layers: [...layers, head],
    loss: { kind: 'binaryCrossentropy' },
    optimiser: { kind: 'adam' },
  },
  settings: {
    epochs: 15,
    batchSize: 32,
    augmentation: { flipHorizontal: true, zoom: 0.1, rotation: 5 },
  },
  published: 'None at this size: a starting point',
})

export const families: readonly Preset[] = [
  {
    name: 'alexnet-style',
    title: 'In the manner of AlexNet',
    source: 'Krizhevsky, Sutskever and Hinton, 2012',
    description:
      'Large kernels and strides first, overlapping pools, two dense layers with dropout.',
    layers: alexNetLayers,
  },
  {
    name: 'vgg-style',
    title: 'In the manner of VGG',
    source: 'Simonyan and Zisserman, 2014',
    description: 'Blocks of small convolutions, each block closed by a pool and twice as wide.',
    layers: vggLayers,
  },
  {
    name: 'inception-style',
    title: 'In the manner of Inception',
    source: 'Szegedy et al., 2014',
    description: 'Modules that look with kernels of 1, 3 and 5 pixels side by side.',
    layers: inceptionLayers,
  },
  {
    name: 'resnet-style',
    title: 'In the manner of ResNet',
    source: 'He, Zhang, Ren and Sun, 2015',
    description: 'Blocks that add to what came in, so that depth does no harm.',
    layers: resNetLayers,
  },
  {
    name: 'xception-style',
    title: 'In the manner of Xception',
    source: 'Chollet, 2016',
    description: 'Separable convolutions with residual shortcuts.',
    layers: xceptionLayers,
  },
  {
    name: 'mobilenet-style',
    title: 'In the manner of MobileNet',
    source: 'Howard et al., 2017',
    description: 'Depthwise and pointwise convolutions in turn: few parameters, quick to screen.',
    layers: mobileNetLayers,
  },
].map(family)
