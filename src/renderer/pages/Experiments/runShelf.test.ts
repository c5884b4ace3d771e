import { expect, test } from 'vitest'
import { RunShelf } from './runShelf.svelte.ts'
import { testEpoch, testRun } from '../../../shared/domain/testing/testRun.ts'
import { bestFigure } from './runWords.ts'

function shelf(...ids: string[]) {
  const runs = ids.map((id) => testRun({ id }))
  const settings = new Map<string, string>()
  const asked = { lists: 0 }
  const page = new RunShelf({
    listRuns: () => {
      asked.lists += 1
      return Promise.resolve([...runs])
    },
    renameRun: () => Promise.resolve(),
    deleteRuns: ({ runIds }) => {
      const left = runs.filter(({ id }) => !runIds.includes(id))
      runs.splice(0, runs.length, ...left)
      return Promise.resolve({ bytesFreed: 1000 * runIds.length })
    },
    readSetting: ({ key }) => Promise.resolve(settings.get(key) ?? null),
    writeSetting: ({ key, value }) => {
      settings.set(key, value)
      return Promise.resolve()
    },
  })
  return { page, runs, asked }
}

const shownId = (page: RunShelf) => (page.view.kind === 'run' ? page.view.run.id : 'new')

test('without runs, the form for a new one is shown', async () => {
  const { page } = shelf()
  await page.open()
  expect(page.view).toEqual({ kind: 'new' })
})

test('the run shown last is shown again; after its deletion the newest', async () => {
  const { page } = shelf('a', 'b')
  await page.select('b')
  await page.open()
  expect(shownId(page)).toBe('b')
  expect(await page.remove(['b'])).toBe(1000)
  expect(shownId(page)).toBe('a')
})

test('a data set can be handed over to the form', async () => {
  const { page } = shelf('a')
  await page.open('new:d7')
  expect(page.view).toEqual({ kind: 'new', datasetId: 'd7' })
})

test('the list is read anew when a training begins or ends, not at each step', async () => {
  const { page, asked } = shelf('a')
  await page.open()
  const job = { id: 'j', kind: 'training', title: '', createdAt: '' } as const
  await page.follow([{ ...job, state: { kind: 'running', detail: '1' } }])
  await page.follow([{ ...job, state: { kind: 'running', detail: '2' } }])
  expect(asked.lists).toBe(2)
  await page.follow([{ ...job, state: { kind: 'done', detail: '' } }])
  expect(asked.lists).toBe(3)
})

test('a list shows the best figure, on validation films where there are any', () => {
  const epochs = [testEpoch(1, { accuracy: 0.9 }), testEpoch(2, { valAuc: 0.9876 })]
  expect(bestFigure(testRun())).toBe('No epoch yet')
  const going = [testEpoch(1, { best: true, valAccuracy: 0.8 }), testEpoch(2, { valAccuracy: 0.7 })]
  expect(bestFigure(testRun({ epochs: going }))).toBe('Best accuracy 0.800 in epoch 1')
  expect(bestFigure(testRun({ epochs, bestEpoch: 1 }))).toBe('Training accuracy 0.900 in epoch 1')
  expect(bestFigure(testRun({ epochs, bestEpoch: 2 }))).toBe('Best AUC 0.988 in epoch 2')
})
