import { expect, test } from 'vitest'
import type { Dataset } from '../../../shared/domain/dataset.ts'
import type { JobSnapshot, JobState } from '../../../shared/domain/job.ts'
import { DatasetShelf } from './datasetShelf.svelte.ts'

const dataset = (id: string): Dataset => ({
  id,
  name: id,
  createdAt: '2026-01-02T03:04:05Z',
  layout: 'classes',
  classes: ['NORMAL', 'PNEUMONIA'],
  images: 4,
  patients: 4,
  refused: 0,
  duplicates: 0,
  synthetic: false,
  counts: [],
})
const importing = (state: JobState): JobSnapshot => ({
  id: 'j1',
  kind: 'import',
  title: 'Import of b',
  state,
  subjectId: 'b',
  createdAt: '2026-01-02T03:04:05Z',
})

function shelf(...ids: string[]) {
  const datasets = ids.map(dataset)
  const settings = new Map<string, string>()
  const halves = [{ id: 'h', name: 'Half', createdAt: '2026-01-02T03:04:05Z', images: 7 }]
  return {
    datasets,
    settings,
    shelf: new DatasetShelf({
      listDatasets: () => Promise.resolve([...datasets]),
      renameDataset: () => Promise.resolve(),
      deleteDataset: ({ datasetId }) => {
        datasets.splice(
          datasets.findIndex(({ id }) => id === datasetId),
          1,
        )
        return Promise.resolve()
      },
      startSamples: () => Promise.resolve({ jobId: 'j1' }),
      listHalfImports: () => Promise.resolve([...halves]),
      resumeImport: () => Promise.resolve({ jobId: 'j1' }),
      discardImport: () => {
        halves.length = 0
        return Promise.resolve()
      },
      readSetting: ({ key }) => Promise.resolve(settings.get(key) ?? null),
      writeSetting: ({ key, value }) => {
        settings.set(key, value)
        return Promise.resolve()
      },
    }),
  }
}

test('the data set shown last is shown again, and the first one when it is gone', async () => {
  const { shelf: page, settings } = shelf('a', 'b')
  settings.set('datasets.selected', 'b')
  await page.open()
  expect(page.selected?.id).toBe('b')
  await page.remove('b')
  expect(page.selected?.id).toBe('a')
})

test('an import that was started here is shown while it runs and selected when it is done', async () => {
  const { shelf: page, datasets } = shelf('a')
  await page.open()
  page.expect('j1')
  await page.follow([importing({ kind: 'running', detail: '1 of 4 films' })])
  expect(page.making).toHaveLength(1)
  datasets.push(dataset('b'))
  await page.follow([importing({ kind: 'done', detail: '4 films' })])
  expect(page.making).toHaveLength(0)
  expect(page.selected?.id).toBe('b')
})

test('an import that someone else started does not take the eye away', async () => {
  const { shelf: page, datasets } = shelf('a')
  await page.open()
  await page.follow([importing({ kind: 'running', detail: '' })])
  datasets.push(dataset('b'))
  await page.follow([importing({ kind: 'done', detail: '' })])
  expect(page.datasets).toHaveLength(2)
  expect(page.selected?.id).toBe('a')
})

test('an interrupted import is shown until it goes on or is given up', async () => {
  const { shelf: page } = shelf('a')
  await page.open()
  expect(page.halves.map(({ name, images }) => [name, images])).toEqual([['Half', 7]])
  await page.resume('h')
  await page.follow([{ ...importing({ kind: 'running', detail: '' }), subjectId: 'h' }])
  expect(page.halves).toEqual([])
  await page.follow([{ ...importing({ kind: 'cancelled' }), subjectId: 'h' }])
  expect(page.halves).toHaveLength(1)
  await page.discard('h')
  expect(page.halves).toEqual([])
})
