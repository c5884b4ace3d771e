import { ModelSpec } from '../modelSpec.ts'
import { noMarks, type Run } from '../run.ts'
import { TrainingSettings, type EpochReport } from '../training.ts'

/** A small run for tests: one dense layer, no epoch yet. */
export const testRun = (change: Partial<Run> = {}): Run => ({
  id: 'r1',
  name: 'A run',
  createdAt: '2026-01-02T03:04:05Z',
  datasetId: 'd1',
  datasetName: 'Films',
  recipe: 'pneumonia-vgg-lite',
  status: 'running',
  spec: ModelSpec.parse({
    name: 'tiny',
    input: { height: 8, width: 8, channels: 1 },
    classes: 2,
    layers: [{ type: 'flatten' }, { type: 'dense', units: 1 }],
    loss: { kind: 'binaryCrossentropy' },
    optimiser: { kind: 'adam' },
  }),
  settings: TrainingSettings.parse({}),
  params: 65,
  epochs: [],
  test: null,
  jobId: 'j1',
  ...noMarks,
  ...change,
})

export const testEpoch = (epoch: number, change: Partial<EpochReport> = {}): EpochReport => ({
  epoch,
  loss: 0.5,
  accuracy: 0.7,
  learningRate: 0.001,
  seconds: 60,
  imagesPerSecond: 70,
  best: false,
  ...change,
})
