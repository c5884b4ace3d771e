import { afterEach, expect, test } from 'vitest'
import type { LayerInput } from '../../shared/domain/modelSpec.ts'
import type { Network } from './network.ts'
import { drawnBatch, openNetwork, sigmoidHead, smallSpec } from './testing/smallNetwork.ts'

let network: Network | undefined
afterEach(() => {
  network?.dispose()
  network = undefined
  delete process.env['PNEUMOSCOPE_KERNELS']
})

const block = (filters: number): LayerInput[] => [
  { type: 'conv2d', filters, activation: 'relu' },
  { type: 'maxPool' },
]
const spec = smallSpec([...block(16), ...block(16), ...sigmoidHead], {
  input: { height: 20, width: 20, channels: 1 },
})

test.each([
  { kernels: 'on', layer: 0 },
  { kernels: 'on', layer: 1 },
  { kernels: 'off', layer: 0 },
  { kernels: 'off', layer: 1 },
])(
  'a weight that is no number stops the step, though relu and a pool may swallow it ($kernels, $layer)',
  ({ kernels, layer }) => {
    process.env['PNEUMOSCOPE_KERNELS'] = kernels
    network = openNetwork(spec)
    const weights = network.readWeights('current')
    const kernel = weights.filter(({ name }) => name.endsWith('/kernel'))[layer]!
    kernel.values[7] = Number.NaN
    network.writeWeights(weights)
    expect(() => network!.trainStep(drawnBatch(spec, 4, 4), 1e-3)).toThrow(/loss of step 1/)
  },
)
