import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { testRun } from '../shared/domain/testing/testRun.ts'
import { openLibraryFolder } from '../store/libraryFolder.ts'
import { openStore, type Store } from '../store/store.ts'
import { calledClass, partFilmIds, predictedFilms } from './predictedFilms.ts'

let root: string
let store: Store

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pneumoscope-predicted-'))
  store = openStore(openLibraryFolder(root), 'test')
})
afterEach(() => {
  store.close()
  rmSync(root, { recursive: true, force: true })
})

const classes = ['NORMAL', 'PNEUMONIA']

/** A data set of four films, a run that split them, and its model with threshold 0.4; scores of three of them. */
function fill() {
  store.datasets.insert({
    ...{ id: 'd1', name: 'Films', createdAt: '2026-01-01T00:00:00Z', root: '/films' },
    ...{ layout: 'classes', classes, images: 4, patients: 4, refused: 0, duplicates: 0 },
    ...{ synthetic: false, counts: [] },
  })
  const film = (id: string, className: string, position: number) =>
    store.images.insert(
      {
        ...{ id, datasetId: 'd1', path: `/films/${className}/${id}.png`, fileName: `${id}.png` },
        ...{ className, patient: id, format: 'png', rows: 8, columns: 8, samplesPerPixel: 1 },
        ...{ bytes: 1, fileHash: `h-${id}`, pixelHash: `p-${id}`, synthetic: false, thumbnail: id },
      },
      position,
    )
  film('a', 'NORMAL', 0)
  film('b', 'NORMAL', 1)
  film('c', 'PNEUMONIA', 2)
  film('d', 'PNEUMONIA', 3)
  store.datasets.complete('d1')
  const run = testRun()
  store.runs.insert(run)
  mkdirSync(join(store.folder.runs, run.id), { recursive: true })
  const part = (...names: string[]) => names.map((file) => ({ file }))
  writeFileSync(
    join(store.folder.runs, run.id, 'split.json'),
    JSON.stringify({
      train: part('NORMAL/a.png'),
      validation: part('NORMAL/b.png', 'PNEUMONIA/c.png', 'PNEUMONIA/d.png'),
      test: [],
    }),
  )
  const { spec, settings } = run
  const { preprocessing } = settings
  store.models.insert({
    ...{ id: 'm1', createdAt: '2026-01-01T00:00:00Z', params: 65, runId: run.id },
    manifest: {
      ...{ format: 'pneumoscope-model', version: 2, name: 'Model', createdAt: '', spec },
      ...{ preprocessing, classes, threshold: 0.4, weights: [], files: {} },
      card: {
        ...{ trainedOn: 'Films', films: { train: 1, validation: 3, test: 0 }, settings },
        ...{ bestEpoch: 1, epochs: [], validation: null, test: null },
        ...{ synthetic: false, software: {} },
      },
    },
  })
  const score = (imageId: string, pneumonia: number) =>
    store.predictions.insert({
      ...{ imageId, modelId: 'm1', createdAt: '2026-01-01T00:00:00Z' },
      probabilities: [1 - pneumonia, pneumonia],
    })
  score('b', 0.75)
  score('c', 0.5)
  score('a', 0.125)
}

const films = async (order: 'mostWrong' | 'mostRight' | 'leastSure', part: 'validation' | 'all') =>
  predictedFilms({ store }, { modelId: 'm1', part, order, limit: 10 })

test('films of the run’s own validation part are judged at the threshold, the most wrong first', async () => {
  fill()
  const shown = await films('mostWrong', 'validation')
  expect(shown).toMatchObject({ total: 3, scored: 2, wrong: 1 })
  const told = shown.films.map(({ image, className, predicted, isRight, probability }) =>
    [image.id, className, predicted, isRight, probability].join(' '),
  )
  expect(told).toEqual(['b NORMAL PNEUMONIA false 0.25', 'c PNEUMONIA PNEUMONIA true 0.5'])
})

test('the other orders, and all films', async () => {
  fill()
  const ids = async (order: 'mostRight' | 'leastSure') =>
    (await films(order, 'all')).films.map(({ image }) => image.id)
  expect(await ids('mostRight')).toEqual(['a', 'c', 'b'])
  expect(await ids('leastSure')).toEqual(['c', 'b', 'a'])
  expect(await partFilmIds({ store }, { modelId: 'm1', part: 'train' })).toEqual(['a'])
})

test('when the data set is gone the model’s name is in the words', async () => {
  fill()
  store.datasets.delete('d1')
  await expect(films('mostWrong', 'all')).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('Model') as unknown,
  })
})

test('of several classes the most probable is called', () => {
  expect(calledClass([0.2, 0.5, 0.3], 0.9)).toBe(1)
  expect([calledClass([0.6, 0.4], 0.4), calledClass([0.61, 0.39], 0.4)]).toEqual([1, 0])
})
