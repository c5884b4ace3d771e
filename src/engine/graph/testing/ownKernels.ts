/** Steps by our own operations (`native/`) beside TensorFlow's. */
import { expect } from 'vitest'
import type { ModelSpec } from '../../../shared/domain/modelSpec.ts'
import { kernelInstructions } from '../kernels.ts'
import type { TrainBatch } from '../network.ts'
import { openNetwork } from './smallNetwork.ts'

export const areKernelsMissing = kernelInstructions() === undefined
if (areKernelsMissing) console.warn('Without the compiled kernels there is nothing to compare')

/** Loss of one step, and the gradients that its plain descent took. */
function step(spec: ModelSpec, batch: TrainBatch, kernels: 'on' | 'avx2' | 'off') {
  process.env['PNEUMOSCOPE_KERNELS'] = kernels
  const network = openNetwork(spec)
  try {
    const probabilities = network.predict(batch.films)
    const before = network.readWeights('current')
    const { lossSum } = network.trainStep(batch, 1)
    const after = network.readWeights('current')
    const gradients = before.map(({ name, values }, place) => ({
      name,
      values: values.map((value, at) => value - after[place]!.values[at]!),
    }))
    return { lossSum, probabilities, gradients }
  } finally {
    network.dispose()
    delete process.env['PNEUMOSCOPE_KERNELS']
  }
}

/** The same predictions, loss and gradients, with the newest and the older instructions, as without our operations. */
export function expectSameSteps(spec: ModelSpec, batch: TrainBatch): void {
  const theirs = step(spec, batch, 'off')
  for (const kernels of ['on', 'avx2'] as const) {
    const ours = step(spec, batch, kernels)
    expect(ours.lossSum).toBeCloseTo(theirs.lossSum, 4)
    expect(worst(ours.probabilities, theirs.probabilities)).toBeLessThan(1e-5)
    for (const [place, { name, values }] of theirs.gradients.entries()) {
      const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3)
      const gap = worst(ours.gradients[place]!.values, values) / size
      expect(gap, `${name}, ${kernels}`).toBeLessThan(2e-4)
    }
  }
}

const worst = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0)
