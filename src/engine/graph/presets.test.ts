import { expect, test } from 'vitest'
import { recipes } from '../models/presets.ts'
import { ModelSpec } from '../../shared/domain/modelSpec.ts'
import { held } from './session.ts'
import { drawnBatch, openNetwork } from './testing/smallNetwork.ts'

const families = recipes.filter(({ name }) => name.endsWith('-style'))

test('there is a starting point in the manner of each of the six classic families', () => {
  expect(families.map(({ name }) => name)).toEqual([
    'alexnet-style',
    'vgg-style',
    'inception-style',
    'resnet-style',
    'xception-style',
    'mobilenet-style',
  ])
})

test.each(families)('$name trains, and its loss on two films falls', ({ spec }) => {
  const network = openNetwork(ModelSpec.parse(spec))
  try {
    const batch = drawnBatch(spec, 2, 1)
    const losses = Array.from({ length: 8 }, () => network.trainStep(batch, 1e-4).lossSum)
    expect(Math.min(...losses)).toBeLessThan(losses[0]!)
    expect(losses.every(Number.isFinite)).toBe(true)
  } finally {
    network.dispose()
  }
  expect(held()).toEqual({ graphs: 0, tensors: 0 })
})
