import { expect, test } from 'vitest'
import { modelFacts, softwareFacts, trainingFacts } from './modelFacts.ts'
import { ModelShelf } from './modelShelf.svelte.ts'
import { testModel } from './testModel.ts'

function shelf(...ids: string[]) {
  let models = ids.map((id, index) => testModel(id, { isDefault: index === 1 }))
  return new ModelShelf({
    listModels: () => Promise.resolve(models),
    setDefaultModel: ({ modelId }) => {
      models = models.map((model) => ({ ...model, isDefault: model.id === modelId }))
      return Promise.resolve()
    },
    renameModel: () => Promise.resolve(),
    deleteModel: ({ modelId }) => {
      models = models.filter(({ id }) => id !== modelId)
      return Promise.resolve()
    },
    exportModel: () => Promise.resolve(true),
    exportModelReport: () => Promise.resolve(true),
    importModel: () => {
      models = [...models, testModel('z')]
      return Promise.resolve({ modelId: 'z' })
    },
  })
}

test('Review’s model is shown first, unless another one was asked for', async () => {
  const page = shelf('a', 'b', 'c')
  await page.open()
  expect(page.selected?.id).toBe('b')
  await page.open('c')
  expect(page.selected?.id).toBe('c')
})

test('another model can be used for Review', async () => {
  const page = shelf('a', 'b')
  await page.open()
  await page.useForReview('a')
  expect(page.selected).toMatchObject({ id: 'a', isDefault: true })
})

test('an imported package is shown; a deleted one gives way', async () => {
  const page = shelf('a', 'b')
  await page.open()
  expect(await page.import('folder')).toBe(true)
  expect(page.selected?.id).toBe('z')
  await page.remove('z')
  expect(page.selected?.id).toBe('b')
})

test('a card tells what a reader must know', () => {
  const model = testModel('a')
  const told = [...modelFacts(model), ...trainingFacts(model.manifest)]
  const values = new Map(told.map(({ label, value }) => [label, value]))
  expect(values.get('Input')).toBe('8 × 8 pixels, grey')
  expect(values.get('Threshold')).toBe('0.50: at or above it, a film is called PNEUMONIA')
  expect(values.get('Films')).toBe('80 training · 20 validation · 0 test, split by patient')
  expect(softwareFacts(model.manifest)).toContainEqual({ label: 'tensorflow', value: '2.21.0' })
})

test('a card of a model that ships says where it comes from, and each fact has a name of its own', () => {
  const { manifest } = testModel('a')
  const { card } = manifest
  const provenance = { data: 'Films, CC BY', firstWeights: 'None', protocol: 'Fold 1', limits: '' }
  const told = trainingFacts({
    ...manifest,
    card: { ...card, provenance, settings: { ...card.settings, keep: 'last' } },
  })
  const values = new Map(told.map(({ label, value }) => [label, value]))
  expect(values.get('Epoch kept')).toBe('the last of 0')
  expect(values.get('Source of the films')).toBe('Films, CC BY')
  expect(values.size).toBe(told.length)
})
