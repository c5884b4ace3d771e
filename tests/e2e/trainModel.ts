import type { Page } from '@playwright/test'
import { ModelSpec } from '../../src/shared/domain/modelSpec.ts'
import { TrainingSettings } from '../../src/shared/domain/training.ts'
import { call, eventually } from './launch.ts'

/** A network that learns generated films within seconds. */
const small = ModelSpec.parse({
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

/** The small network with other filters. */
const withFilters = (name: string, filters: number) =>
  ModelSpec.parse({
    ...small,
    name,
    layers: small.layers.map((layer) =>
      layer.type === 'conv2d' ? { ...layer, filters: (filters * layer.filters) / 8 } : layer,
    ),
  })

/** Trains networks that differ in their filters, and a repeat of the first with another seed; waits for all. */
export async function startNetworks(
  window: Page,
  datasetId: string,
  { epochs }: { readonly epochs: number },
): Promise<void> {
  const orders = [
    { name: 'Four filters', filters: 4, seed: 1 },
    { name: 'Eight filters', filters: 8, seed: 1 },
    { name: 'Sixteen filters', filters: 16, seed: 1 },
    { name: 'Repeat', filters: 4, seed: 2 },
  ]
  for (const { name, filters, seed } of orders) {
    await call(window, 'startTraining', {
      ...{ datasetId, name, recipe: 'small', spec: withFilters('Small', filters) },
      settings: TrainingSettings.parse({ epochs, batchSize: 8, seed }),
    })
  }
  await eventually(async () => {
    const runs = await call(window, 'listRuns')
    return runs.every(({ status }) => status === 'complete') ? true : undefined
  }, 180_000)
}

/** Makes sample films in the library; returns the data set's id. */
export async function makeSamples(window: Page, count: number): Promise<string> {
  await call(window, 'startSamples', { count, seed: 7 })
  const dataset = await eventually(async () => {
    const [made] = await call(window, 'listDatasets')
    return made?.images === count ? made : undefined
  }, 60_000)
  return dataset.id
}

/** Trains a model on a data set and waits for it. */
export async function trainModel(
  window: Page,
  datasetId: string,
  {
    recipe,
    epochs,
    allowLeak = false,
  }: {
    readonly recipe: 'small' | 'pneumonia-vgg-lite'
    readonly epochs: number
    /** Of films whose split leaks. */
    readonly allowLeak?: boolean
  },
): Promise<void> {
  const recipes = await call(window, 'recipes')
  await call(window, 'startTraining', {
    ...{ datasetId, allowLeak },
    name: recipe === 'small' ? 'Small network' : 'Tutorial network',
    recipe,
    spec: recipes.find(({ name }) => name === recipe)?.spec ?? small,
    settings: TrainingSettings.parse({ epochs, batchSize: 8 }),
  })
  await eventually(async () => {
    const [run] = await call(window, 'listRuns')
    if (run?.status === 'failed') throw new Error(`The training failed: ${run.reason ?? ''}`)
    return run?.modelId
  }, 90_000)
}
