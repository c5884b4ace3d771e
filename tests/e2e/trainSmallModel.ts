import type { Page } from '@playwright/test'
import { ModelSpec } from '../../src/shared/domain/modelSpec.ts'
import { TrainingSettings } from '../../src/shared/domain/training.ts'
import { call, eventually } from './launch.ts'

/** A network that learns generated films within seconds. */
const spec = ModelSpec.parse({
  name: 'Small',
  input: { height: 64, width: 64, channels: 1 },
  classes: 2,
  layers: [
    { type: 'conv2d', filters: 8, activation: 'relu' },
    { type: 'maxPool' },
    { type: 'conv2d', filters: 16, activation: 'relu' },
    { type: 'maxPool' },
    { type: 'flatten' },
    { type: 'dense', units: 1, activation: 'sigmoid' },
  ],
  loss: { kind: 'binaryCrossentropy' },
  optimiser: { kind: 'adam' },
})

/** Makes sample films in the library and trains a small model on them; returns the data set's id. */
export async function trainSmallModel(window: Page): Promise<string> {
  await call(window, 'startSamples', { count: 40, seed: 7 })
  const dataset = await eventually(async () => {
    const [made] = await call(window, 'listDatasets')
    return made?.images === 40 ? made : undefined
  }, 60_000)
  await call(window, 'startTraining', {
    datasetId: dataset.id,
    name: 'Small model',
    recipe: 'small',
    spec,
    settings: TrainingSettings.parse({ epochs: 2, batchSize: 8 }),
  })
  await eventually(async () => {
    const [run] = await call(window, 'listRuns')
    if (run?.status === 'failed') throw new Error(`The training failed: ${run.reason ?? ''}`)
    return run?.modelId
  }, 90_000)
  return dataset.id
}
