import { expect, test } from 'vitest'
import type { LayerInput } from '../../shared/domain/modelSpec.ts'
import { inferShapes } from '../models/shapes.ts'
import { areKernelsMissing } from './testing/ownKernels.ts'
import { sigmoidHead, smallSpec } from './testing/smallNetwork.ts'
import { unkeptResults } from './unkeptResults.ts'

const unkept = (...layers: LayerInput[]) => [
  ...unkeptResults(inferShapes(smallSpec([...layers, ...sigmoidHead])), false),
]
const convolution: LayerInput = { type: 'conv2d', filters: 16, useBias: false, name: 'convolution' }
const normal: LayerInput = { type: 'batchNormalization', name: 'normal' }
const relu: LayerInput = { type: 'activation', activation: 'relu', name: 'relu' }

test.skipIf(areKernelsMissing)(
  'a normalisation is not kept beside the relu that is computed with it',
  () => {
    expect(unkept(convolution, normal, relu)).toEqual(['normal'])
  },
)

test('it is where a pool behind the relu has its way back, which then is no part of it', () => {
  expect(unkept(convolution, normal, relu, { type: 'maxPool' })).toEqual([])
})
