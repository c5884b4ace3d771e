/** Small networks and batches for tests. */
import {
  ModelSpec,
  type LayerInput,
  type ModelSpecInput,
} from '../../../shared/domain/modelSpec.ts'
import { createGraphNetwork } from '../graphNetwork.ts'
import type { Network, NetworkOptions, TrainBatch } from '../network.ts'
import { drawnBytes, drawnLabels } from './draws.ts'

export const sigmoidHead: LayerInput[] = [
  { type: 'flatten' },
  { type: 'dense', units: 1, activation: 'sigmoid' },
]

export const smallSpec = (layers: LayerInput[], changes: Partial<ModelSpecInput> = {}): ModelSpec =>
  ModelSpec.parse({
    name: 'small',
    input: { height: 8, width: 8, channels: 1 },
    classes: 2,
    layers,
    loss: { kind: 'binaryCrossentropy' },
    optimiser: { kind: 'adam' },
    ...changes,
  })

export const openNetwork = (spec: ModelSpec, changes: Partial<NetworkOptions> = {}): Network =>
  createGraphNetwork({ spec, scale: 'unit', seed: 1, memoryBudgetBytes: 1e9, ...changes })

/** Films and labels of chance for a network. */
export function drawnBatch(
  { input, classes }: ModelSpec,
  count: number,
  seed: number,
  channels: 1 | 3 = input.channels,
): TrainBatch {
  const pixels = drawnBytes(count * input.height * input.width * channels, 1000 + seed)
  return {
    films: { count, channels, pixels },
    labels: drawnLabels(count, classes, 2000 + seed),
    seed,
  }
}
