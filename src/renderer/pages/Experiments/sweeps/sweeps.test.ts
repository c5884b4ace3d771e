import { expect, test } from 'vitest'
import type { Dataset } from '../../../../shared/domain/dataset.ts'
import type { LibrarySweep } from '../../../../shared/domain/librarySweep.ts'
import type { SweepPreview } from '../../../../shared/domain/sweepReading.ts'
import { sweepCsv } from './sweepCsv.ts'
import { SweepDraft } from './sweepDraft.svelte.ts'
import { sweepFieldGroups } from './sweepFields.ts'
import { fieldText, withFieldText } from './sweepText.ts'
import {
  figureWords,
  optionWords,
  planWords,
  progressWords,
  roundWords,
  secondsLeft,
} from './sweepWords.ts'

const fields = sweepFieldGroups.flatMap((group) => group.fields)
const field = (...path: string[]) => fields.find((each) => each.path.join() === path.join())!
const filters = field('grid', 'filters')

test('a field shows its part of the text, and changing it leaves all else as written', () => {
  const text = 'name: Trial # mine\ngrid:\n  filters: [8, [16, 32]]\n'
  expect(fieldText(text, filters)).toBe('8, [16, 32]')
  expect(fieldText(text, field('seeds'))).toBe('')
  const changed = withFieldText(text, filters, '4, [8, 16]')
  expect(changed).toBe('name: Trial # mine\ngrid:\n  filters: [4, [8, 16]]\n')
  expect(withFieldText(changed, field('base', 'epochs'), '3')).toContain('base:\n  epochs: 3\n')
})

test('a field left empty is taken out, and its group with the last of it', () => {
  expect(withFieldText('name: A\ngrid:\n  filters: [8]\n', filters, ' ')).toBe('name: A\n')
})

test('an empty text takes its first field', () => {
  expect(withFieldText('', field('folds'), '5')).toBe('folds: 5\n')
})

test('a notation with colons stays one text, and words stay words', () => {
  const spec = field('base', 'spec')
  const text = withFieldText('name: A\n', spec, 'C: 16n 16n d¼ D: 16R')
  expect(fieldText(text, spec)).toBe('C: 16n 16n d¼ D: 16R')
  const optimiser = field('grid', 'optimiser')
  expect(fieldText(withFieldText(text, optimiser, 'adam, sgd'), optimiser)).toBe('adam, sgd')
})

test('augmentation is written in one line', () => {
  const augmentation = field('base', 'augmentation')
  const text = withFieldText('', augmentation, '{ flipHorizontal: true, zoom: 0.2 }')
  expect(text).toBe('base:\n  augmentation: {flipHorizontal: true, zoom: 0.2}\n')
  expect(fieldText(text, augmentation)).toBe('{ flipHorizontal: true, zoom: 0.2 }')
})

test('networks one by one stand in a line each; what says more than a network has no field', () => {
  const networks = field('configurations')
  const text = withFieldText('', networks, 'C: 8 D: 4R\n\nC: 16 D: 4R')
  expect(fieldText(text, networks)).toBe('C: 8 D: 4R\nC: 16 D: 4R')
  expect(fieldText('configurations: [{ spec: "C: 8", epochs: 3 }]', networks)).toBeUndefined()
})

test('a text that is no YAML, or holds something else in a group’s place, is left alone', () => {
  expect(fieldText('a: [', filters)).toBeUndefined()
  expect(withFieldText('a: [', filters, '8')).toBe('a: [')
  expect(withFieldText('grid: 3', filters, '8')).toBe('grid: 3')
})

test('what would be trained is told in words', () => {
  const preview: SweepPreview = {
    ...{ kind: 'preview', name: 's', trainings: 8, rounds: [] },
    configurations: [1, 2].map((number) => ({
      ...{ number, name: 'c', priority: 0, differs: {}, params: 10, trainings: 4, epochs: 3 },
    })),
  }
  expect(planWords(preview)).toBe('2 configurations, 8 trainings, no ended training yet to tell how long') // prettier-ignore
  expect(planWords({ ...preview, estimate: { seconds: 125, measuredOn: 'first' } })).toBe(
    '2 configurations, 8 trainings, about 02:05 by the pace of “first”',
  )
  const rounds = [
    { configurations: 9, untilEpoch: 1 },
    { configurations: 3, untilEpoch: 3 },
  ]
  expect(roundWords({ ...preview, rounds })).toBe('9 configurations to epoch 1, 3 to epoch 3')
  expect(optionWords([16, [8, true]])).toBe('16 8 on')
  expect(figureWords({ mean: 0.8124, deviation: 0.0126 })).toBe('0.812 ± 0.013')
})

const sweep: LibrarySweep = {
  ...{ id: 's', name: 'tiny', createdAt: '', datasetName: 'Films', text: '', priority: 0 },
  ...{ state: 'training', trainings: 2, complete: 1, failed: 0, dropped: 0, progress: 0.6 },
  configurations: [
    {
      ...{ number: 1, name: 'small', differs: { dropout: 0.2 }, recipe: 'C: 4', params: 10 },
      ...{ runs: 1, epochs: 4, seconds: 40, priority: 0, status: 'running' },
      valAccuracyBest: { mean: 0.8, deviation: 0.1 },
      trainings: [
        { runId: 'a', name: 'a', status: 'complete', epochs: 4, ofEpochs: 4 },
        { runId: 'b', name: 'b', status: 'queued', epochs: 1, ofEpochs: 4 },
      ],
    },
  ],
}

test('a sweep tells what became of its trainings', () => {
  expect(progressWords({ ...sweep, dropped: 4, failed: 1, trainings: 8 })).toBe(
    '1 of 8 trainings complete, 4 dropped, 1 failed',
  )
})

test('the time left is that of the epochs left, by the pace of those that ended', () => {
  // 40 seconds for 5 epochs, and 3 to go.
  expect(secondsLeft(sweep)).toBe(24)
})

test('the table of a sweep is saved with means and deviations', () => {
  const [head, row] = sweepCsv(sweep).split('\r\n')
  expect(head).toMatch(/^configuration,name,network,dropout,status,runs,epochs,parameters,valAccuracyBest,valAccuracyBestSd,/) // prettier-ignore
  expect(row).toMatch(/^1,small,C: 4,0\.2,running,1,4,10,0\.8,0\.1,,/)
})

const films: Dataset = {
  ...{ id: 'd1', name: 'Films', createdAt: '2026-01-02T03:04:05Z', layout: 'classes' },
  ...{ classes: ['a', 'b'], images: 10, patients: 10, refused: 0, duplicates: 0 },
  ...{ synthetic: false, counts: [] },
}

function draft(listDatasets: () => Promise<Dataset[]> = () => Promise.resolve([films])) {
  const settings = new Map<string, string>()
  const started: unknown[] = []
  const page = new SweepDraft({
    listDatasets,
    planSweep: ({ text }) =>
      Promise.resolve(
        text.includes('wrong')
          ? { kind: 'mistake', message: 'Line 1, column 1: wrong', option: 'wrong' }
          : { kind: 'preview', name: 'S', configurations: [], trainings: 4, rounds: [] },
      ),
    startSweep: (input) => {
      started.push(input)
      return Promise.resolve({ sweepId: 's1' })
    },
    readSetting: ({ key }) => Promise.resolve(settings.get(key) ?? null),
    writeSetting: ({ key, value }) => {
      settings.set(key, value)
      return Promise.resolve()
    },
  })
  return { page, started }
}

test('a sweep is there to be written only once it is as it was left, or cannot be read', async () => {
  const { page } = draft()
  const opening = page.open()
  expect(page.isOpen).toBe(false)
  await opening
  expect(page.isOpen).toBe(true)
  const lost = draft(() => Promise.reject(new Error('gone'))).page
  await expect(lost.open()).rejects.toThrow('gone')
  expect(lost.isOpen).toBe(true)
})

test('what is wrong with a sweep is said while it is written, and it does not start', async () => {
  const { page, started } = draft()
  await page.open()
  expect(page.preview?.trainings).toBe(4)
  await page.write('wrong: 1')
  expect(page.mistake?.message).toBe('Line 1, column 1: wrong')
  expect(await page.start()).toBeUndefined()
  expect(started).toEqual([])
})

test('form and text are one, and a start hands the text over', async () => {
  const { page, started } = draft()
  await page.open()
  await page.set(field('seeds'), '1, 2, 3')
  expect(page.text).toContain('seeds: [1, 2, 3]')
  expect(await page.start()).toBe('s1')
  expect(started).toEqual([{ datasetId: 'd1', text: page.text }])
})
