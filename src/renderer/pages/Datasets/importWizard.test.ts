import { expect, test } from 'vitest'
import type { TableChoice } from '../../../shared/contracts/appAreas/datasets.ts'
import type { ImportPreview } from '../../../shared/domain/dataset.ts'
import { AppError } from '../../../shared/errors.ts'
import type { CallOptions } from '../../../shared/rpc/contract.ts'
import { ImportWizard } from './importWizard.svelte.ts'

const preview: ImportPreview = {
  previewId: 'p1',
  suggestedName: 'chest-xray',
  layout: 'classes',
  classes: ['NORMAL', 'PNEUMONIA'],
  counts: [],
  images: 2,
  patients: 2,
  refused: [],
  refusedMore: 0,
  warnings: [],
}
const source = { token: 's1', label: '/films' }
const started: string[] = []
const api = {
  chooseSource: () => Promise.resolve(source),
  previewImport: (
    _: { source: string; table?: TableChoice | undefined },
    { onProgress }: CallOptions<{ filesSeen: number }> = {},
  ) => {
    onProgress?.({ filesSeen: 2 })
    return Promise.resolve(preview)
  },
  startImport: ({ name }: { name: string }) => {
    started.push(name)
    return Promise.resolve({ jobId: 'j1' })
  },
}

test('a chosen folder is surveyed, shown, named and imported', async () => {
  const wizard = new ImportWizard(api)
  await wizard.choose()
  expect(wizard.step).toEqual({ kind: 'preview', label: '/films', preview, busy: false })
  expect(wizard.name).toBe('chest-xray')
  wizard.name = ' Mine '
  expect(await wizard.start()).toBe('j1')
  expect(started).toEqual(['Mine'])
  expect(wizard.step.kind).toBe('closed')
})

test('a person who closes the folder dialog changes nothing', async () => {
  const wizard = new ImportWizard({ ...api, chooseSource: () => Promise.resolve(null) })
  await wizard.choose()
  expect(wizard.step.kind).toBe('closed')
})

test('cancelling the survey closes the wizard without an error', async () => {
  const wizard = new ImportWizard({
    ...api,
    previewImport: (_, { signal } = {}) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new AppError('CANCELLED', 'Cancelled')))
      }),
  })
  const survey = wizard.survey(source)
  expect(wizard.step.kind).toBe('surveying')
  wizard.close()
  await survey
  expect(wizard.step.kind).toBe('closed')
})

test('a survey that fails closes the wizard and passes the reason on', async () => {
  const wizard = new ImportWizard({
    ...api,
    previewImport: () => Promise.reject(new AppError('NOT_FOUND', 'The folder is gone.')),
  })
  await expect(wizard.survey(source)).rejects.toThrow('The folder is gone.')
  expect(wizard.step.kind).toBe('closed')
})

test('a table is shown as it was understood, and what a person changes is asked for anew', async () => {
  const asked: unknown[] = []
  const column = (name: string, role: 'film' | 'label' | 'none') => ({ name, role, samples: [] })
  const labels = {
    ...({ file: 'labels.csv', encoding: 'UTF-8', delimiter: ',', header: true } as const),
    columns: [column('file', 'film'), column('first', 'label'), column('second', 'none')],
    ...{ rows: 2, unlisted: 0, agesUnread: 0 },
    labels: [
      { name: 'A', rows: 1, taken: true },
      { name: 'B', rows: 1, taken: true },
    ],
  }
  const wizard = new ImportWizard({
    ...api,
    previewImport: ({ table }) => {
      asked.push(table)
      return Promise.resolve({ ...preview, ...(table && { labels }) })
    },
  })
  await wizard.survey(source)
  wizard.name = 'Mine'
  await wizard.useTable({ name: 'labels.csv' })
  await wizard.setTaken('B', false)
  await wizard.setRole(2, 'label')
  await wizard.setEncoding('Windows-1251')
  await wizard.setRole(2, 'label')
  expect(wizard.name).toBe('Mine')
  await wizard.useTable(undefined)
  expect(asked).toEqual([
    undefined,
    { name: 'labels.csv' },
    { name: 'labels.csv', roles: ['film', 'label', 'none'], classes: ['A'] },
    { name: 'labels.csv', roles: ['film', 'none', 'label'] },
    { name: 'labels.csv', encoding: 'Windows-1251' },
    { name: 'labels.csv', encoding: 'Windows-1251', roles: ['film', 'none', 'label'] },
    undefined,
  ])
})

test('a table that cannot be read leaves the preview as it was', async () => {
  const wizard = new ImportWizard({
    ...api,
    previewImport: ({ table }) =>
      table ? Promise.reject(new AppError('BAD_INPUT', 'no table')) : Promise.resolve(preview),
  })
  await wizard.survey(source)
  await expect(wizard.useTable({ source: 't' })).rejects.toThrow('no table')
  expect(wizard.step).toEqual({ kind: 'preview', label: '/films', preview, busy: false })
})
