import { expect, test } from 'vitest'
import type { Dataset } from '../../../../shared/domain/dataset.ts'
import { Optimiser } from '../../../../shared/domain/modelSpec.ts'
import { TrainingSettings } from '../../../../shared/domain/training.ts'
import { testRun } from '../../../../shared/domain/testing/testRun.ts'
import { freeName } from './freeName.ts'
import { RunDraft } from './runDraft.svelte.ts'

const { spec } = testRun()
const adam = Optimiser.parse({ kind: 'adam' })
const recipe = (name: string, classes: number, epochs: number) => ({
  name,
  title: name,
  source: '',
  description: '',
  published: '',
  spec: { ...spec, classes },
  settings: TrainingSettings.parse({ epochs }),
})
const dataset = (id: string, classes: number): Dataset => ({
  id,
  name: `films ${id}`,
  createdAt: '2026-01-02T03:04:05Z',
  layout: 'classes',
  classes: Array.from({ length: classes }, (_, at) => `c${at}`),
  images: 10,
  patients: 10,
  refused: 0,
  duplicates: 0,
  synthetic: false,
  counts: [],
})
const summary = { layers: [], totalParams: 65, trainableParams: 65, trainingBytes: 1e6, macs: 64 }

function form(settings = new Map<string, string>(), recipes?: () => Promise<never>) {
  const started: unknown[] = []
  const batches: number[] = []
  const draws: unknown[] = []
  const draft = new RunDraft({
    recipes: recipes ?? (() => Promise.resolve([recipe('vgg', 2, 10), recipe('digits', 3, 20)])),
    listDatasets: () => Promise.resolve([dataset('a', 3), dataset('b', 2)]),
    parseNotation: ({ text, classes }) =>
      Promise.resolve({ kind: 'network', notation: text, spec: { ...spec, classes } }),
    summarise: ({ batchSize }) => {
      batches.push(batchSize)
      return Promise.resolve(summary)
    },
    previewAugmentation: (order) => {
      draws.push(order)
      return Promise.resolve({ previewId: `p${draws.length}`, pictures: 6 })
    },
    startTraining: (input) => {
      started.push(input)
      return Promise.resolve({ runId: 'r', jobId: 'j' })
    },
    readSetting: ({ key }) => Promise.resolve(settings.get(key) ?? null),
    writeSetting: ({ key, value }) => {
      settings.set(key, value)
      return Promise.resolve()
    },
  })
  return { draft, started, batches, draws, settings }
}

test('a first form takes the first recipe, its settings and a data set that fits it', async () => {
  const { draft } = form()
  await draft.open([])
  expect(draft.network.recipe?.name).toBe('vgg')
  expect(draft.dataset?.id).toBe('b')
  expect(draft.settings.epochs).toBe(10)
  expect(draft.name).toBe('vgg on films b')
  expect(draft.network.summary).toEqual(summary)
})

test('a form is found again as it was left, and forgotten when it cannot be read', async () => {
  const { draft, settings } = form()
  await draft.open([])
  await draft.change({ epochs: 3, patience: 2 })
  await draft.setOptimiser({ ...adam, learningRate: 0.01 })
  const again = form(settings).draft
  await again.open([], 'a')
  expect(again.settings).toMatchObject({ epochs: 3, patience: 2 })
  expect(again.network.optimiser.learningRate).toBe(0.01)
  expect(again.dataset?.id).toBe('a')
  const damaged = form(new Map([['experiments.draft', '{"recipe":']])).draft
  await damaged.open([])
  expect(damaged.settings.epochs).toBe(10)
})

test('a form is there to be filled in only once it is as it was left, so that nothing typed is lost', async () => {
  const { draft } = form()
  expect(draft.isOpen).toBe(false)
  const opening = draft.open([])
  expect(draft.isOpen).toBe(false)
  await opening
  expect(draft.isOpen).toBe(true)
  await draft.change({ epochs: 3 })
  const again = draft.open([])
  expect(draft.isOpen).toBe(false)
  await again
  expect(draft).toMatchObject({ isOpen: true, settings: { epochs: 3 } })
})

test('a form whose recipes cannot be read is shown all the same', async () => {
  const { draft } = form(undefined, () => Promise.reject(new Error('gone')))
  await expect(draft.open([])).rejects.toThrow('gone')
  expect(draft.isOpen).toBe(true)
})

test('a name that was typed is for one run', async () => {
  const { draft } = form()
  await draft.open([])
  draft.rename('Mine')
  await draft.start()
  await draft.open(['Mine'])
  expect(draft.name).toBe('vgg on films b')
})

test('a recipe brings its own settings', async () => {
  const { draft } = form()
  await draft.open([])
  await draft.change({ epochs: 3 })
  await draft.chooseRecipe('digits')
  expect(draft.settings.epochs).toBe(20)
})

test('a value out of bounds is named and stops the start', async () => {
  const { draft, started } = form()
  await draft.open([])
  await draft.change({ epochs: 0 })
  await draft.augment({ zoom: NaN })
  expect([...draft.problems.keys()]).toEqual(['epochs', 'zoom'])
  expect(await draft.start()).toBeUndefined()
  expect(started).toEqual([])
})

test('the network is reckoned anew when the batch size changes, and only then', async () => {
  const { draft, batches } = form()
  await draft.open([])
  await draft.change({ epochs: 4 })
  await draft.change({ batchSize: 8 })
  expect(batches).toEqual([32, 8])
})

test('a start hands over the network with the learning rate that was set', async () => {
  const { draft, started } = form()
  await draft.open([])
  await draft.setOptimiser({ ...adam, learningRate: 0.5 })
  draft.rename(' Mine ')
  expect(await draft.start()).toBe('r')
  expect(started).toMatchObject([
    { datasetId: 'b', name: 'Mine', recipe: 'vgg', spec: { optimiser: { learningRate: 0.5 } } },
  ])
})

test('a notation is found again as it was left, and its run is named by it', async () => {
  const { draft, settings, started } = form()
  await draft.open([])
  await draft.writeNotation('C: 8 D: 4')
  await draft.resize({ height: 64, width: 64, channels: 1 })
  const again = form(settings).draft
  await again.open([])
  expect(again.network.source).toBe('notation')
  expect(again.network.text).toBe('C: 8 D: 4')
  expect(again.network.input).toEqual({ height: 64, width: 64, channels: 1 })
  await draft.start()
  expect(started).toMatchObject([
    { recipe: 'C: 8 D: 4', name: 'C: 8 D: 4 on films b', spec: { input: { height: 64 } } },
  ])
})

test('the network is made for the classes of the data set that is chosen', async () => {
  const { draft, started } = form()
  await draft.open([])
  await draft.chooseDataset('a')
  await draft.start()
  expect(started).toMatchObject([{ datasetId: 'a', spec: { classes: 3 } }])
})

test('a second run of the same name is numbered', () => {
  expect(freeName('a', ['b'])).toBe('a')
  expect(freeName('a', ['a', 'a 2'])).toBe('a 3')
})

test('augmented films are drawn anew for each change and each asking, but not for a wrong value', async () => {
  const { draft, draws } = form()
  await draft.open([])
  expect(draft.previews.shown).toEqual({ previewId: 'p1', pictures: 6 })
  await draft.change({ epochs: 5 })
  await draft.augment({ zoom: NaN })
  expect(draws).toHaveLength(1)
  await draft.augment({ zoom: 0.3 })
  await draft.previews.redraw()
  expect(draws).toMatchObject([
    { datasetId: 'b', seed: 0 },
    { augmentation: { zoom: 0.3 }, seed: 0 },
    { augmentation: { zoom: 0.3 }, seed: 1 },
  ])
  expect(draft.previews.shown?.previewId).toBe('p3')
})
