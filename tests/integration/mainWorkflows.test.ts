/** From folder to data set, run, model and score: the real engine and a real library, on films drawn here. */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localClient } from '../../src/cli/localEngine.ts'
import { engineHandlers } from '../../src/engine/handlers.ts'
import { engineContract } from '../../src/shared/contracts/engine.ts'
import type { Dataset } from '../../src/shared/domain/dataset.ts'
import { ModelSpec } from '../../src/shared/domain/modelSpec.ts'
import { TrainingSettings, type TrainingProgress } from '../../src/shared/domain/training.ts'
import { openLibraryFolder } from '../../src/store/libraryFolder.ts'
import { openStore } from '../../src/store/store.ts'
import { deleteDataset } from '../../src/workflows/deleteDataset.ts'
import { describeSurvey } from '../../src/workflows/describeSurvey.ts'
import { evaluateModel } from '../../src/workflows/evaluateModel.ts'
import { worklistCsv } from '../../src/workflows/exportWorklist.ts'
import { importFolder } from '../../src/workflows/importFolder.ts'
import type { Library } from '../../src/workflows/library.ts'
import { makeSamples } from '../../src/workflows/makeSamples.ts'
import { exportModel, importModel, modelFolder } from '../../src/workflows/modelPackages.ts'
import { openFilms, type OpenProgress } from '../../src/workflows/openFilms.ts'
import { sampleSheet } from '../../src/workflows/sampleSheet.ts'
import { predictFilm, screenFilms } from '../../src/workflows/screenFilms.ts'
import { createRun, trainRun } from '../../src/workflows/trainRun.ts'

const folders: string[] = []
const fresh = () => {
  const folder = mkdtempSync(join(tmpdir(), 'pneumoscope-flow-'))
  folders.push(folder)
  return folder
}
let library: Library
let samples: Dataset
let originals: string

const quiet = () => ({ signal: new AbortController().signal, report: () => undefined })
const spec = ModelSpec.parse({
  name: 'tiny',
  input: { height: 24, width: 24, channels: 1 },
  classes: 2,
  layers: [
    { type: 'conv2d', filters: 4, activation: 'relu' },
    { type: 'maxPool' },
    { type: 'flatten' },
    { type: 'dense', units: 1, activation: 'sigmoid' },
  ],
  loss: { kind: 'binaryCrossentropy' },
  optimiser: { kind: 'adam' },
})
const settings = TrainingSettings.parse({ epochs: 2, batchSize: 8, validationShare: 0.25 })

beforeAll(async () => {
  const store = openStore(openLibraryFolder(fresh()), 'test')
  library = { store, engine: localClient(engineContract, engineHandlers()) }
  const made = await makeSamples(library, { count: 24, seed: 3 }, quiet())
  samples = made.dataset
  // A folder of a person's own, with a copy of one film and a file that is none.
  originals = join(fresh(), 'films')
  cpSync(join(store.folder.samples, samples.id), originals, { recursive: true })
}, 120_000)
afterAll(() => {
  library.store.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

test('generated films are a data set of two classes that says that it is synthetic', () => {
  expect(samples).toMatchObject({ images: 24, refused: 0, synthetic: true })
  expect(samples.classes).toEqual(['NORMAL', 'PNEUMONIA'])
  expect(samples.counts.map(({ unassigned }) => unassigned).reduce((a, b) => a + b)).toBe(24)
  const { images } = library.store.images.page(samples.id, {}, 0, 100)
  expect(images).toHaveLength(24)
  for (const { thumbnail } of library.store.images.ofDataset(samples.id)) {
    expect(existsSync(join(library.store.folder.thumbnails, thumbnail))).toBe(true)
  }
  const sheet = sampleSheet(library, { datasetId: samples.id, perClass: 3, seed: 1 })
  expect(sheet.map(({ className, images }) => [className, images.length])).toEqual([
    ['NORMAL', 3],
    ['PNEUMONIA', 3],
  ])
  expect(sampleSheet(library, { datasetId: samples.id, perClass: 3, seed: 1 })).toEqual(sheet)
})

test('an import counts duplicates and lists what it refused', async () => {
  const folder = fresh()
  cpSync(originals, folder, { recursive: true })
  const [film] = readdirSync(join(folder, 'NORMAL'))
  cpSync(join(folder, 'NORMAL', film!), join(folder, 'NORMAL', `again-${film!}`))
  writeFileSync(join(folder, 'PNEUMONIA', 'cut.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]))
  writeFileSync(join(folder, 'PNEUMONIA', 'notes.txt'), 'no film')
  const survey = await library.engine.surveyFolder({ paths: [folder] })
  expect(JSON.stringify(describeSurvey(survey, 'x'))).not.toContain(folder)
  const { dataset, refusals } = await importFolder(
    library,
    { paths: [folder], name: 'Mine', survey },
    quiet(),
  )
  expect(dataset).toMatchObject({ images: 25, duplicates: 1, refused: 2 })
  expect(refusals.map(({ path }) => path.split('/').pop()).sort()).toEqual(['cut.jpg', 'notes.txt'])
  expect(library.store.datasets.find(dataset.id)).toMatchObject(dataset)
})

test('a cancelled import leaves no data set and no drawn film', async () => {
  const before = library.store.datasets.all().length
  const controller = new AbortController()
  const job = { signal: controller.signal, report: () => controller.abort() }
  await expect(makeSamples(library, { count: 40, seed: 1 }, job)).rejects.toMatchObject({
    code: 'CANCELLED',
  })
  expect(library.store.datasets.all()).toHaveLength(before)
  expect(readdirSync(library.store.folder.samples)).toEqual([samples.id])
})

test('a training is stored as it runs, and its model scores, judges, leaves and comes back', async () => {
  const { store } = library
  const order = { datasetId: samples.id, name: 'First', recipe: 'tiny', spec, settings }
  const run = await createRun(library, order)
  expect(run).toMatchObject({ status: 'queued', datasetName: samples.name })
  const kinds = new Set<TrainingProgress['kind']>()
  const done = await trainRun(
    library,
    { runId: run.id },
    { ...quiet(), report: ({ kind }) => kinds.add(kind) },
  )
  expect([...kinds]).toEqual(expect.arrayContaining(['prepared', 'batch', 'epoch']))
  expect(done).toMatchObject({ status: 'complete', epochs: [{ epoch: 1 }, { epoch: 2 }] })
  const { train, validation, test: held } = done.films!
  expect(train + validation + held).toBe(24)
  expect(store.runs.all()[0]).toEqual(done)

  const model = store.models.get(done.modelId!)
  expect(model).toMatchObject({ params: run.params, runId: run.id })
  expect(model.manifest.name).toBe('First')
  const films = store.images.ofDataset(samples.id)
  const [first] = films
  const prediction = await predictFilm(library, { modelId: model.id, imageId: first!.id })
  expect(prediction.probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 5)
  expect(await predictFilm(library, { modelId: model.id, imageId: first!.id })).toEqual(prediction)
  const imageIds = films.map(({ id }) => id)
  const screened = await screenFilms(library, { modelId: model.id, imageIds }, quiet())
  expect(screened).toEqual({ scored: 23, refused: [] })
  const figures = await evaluateModel(
    library,
    { modelId: model.id, datasetId: samples.id },
    quiet(),
  )
  expect(figures).toMatchObject({ n: 24, refused: [] })

  const into = fresh()
  store.models.rename(model.id, 'Renamed')
  const exported = await exportModel(library, { modelId: model.id, into })
  await expect(exportModel(library, { modelId: model.id, into })).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  expect(readdirSync(into)).toEqual(['Renamed'])
  const back = await importModel(library, { folder: exported })
  expect(back.manifest.name).toBe('Renamed')
  expect(back.manifest.files).toEqual(model.manifest.files)
  expect(existsSync(join(modelFolder(library, back.id), 'model.json'))).toBe(true)
  writeFileSync(join(exported, 'weights.bin'), 'cut')
  await expect(importModel(library, { folder: exported })).rejects.toMatchObject({
    code: 'BAD_MODEL',
  })
  expect(readdirSync(store.folder.models).sort()).toEqual([model.id, back.id].sort())
})

test('films of the wrong number of classes are refused before a run begins', async () => {
  const three = ModelSpec.parse({ ...spec, classes: 3 })
  const order = { datasetId: samples.id, name: 'No', recipe: 'tiny', spec: three, settings }
  await expect(createRun(library, order)).rejects.toThrow(/has 2 classes \(NORMAL, PNEUMONIA\)/)
})

test('a film is known by its content: it is opened once, and keeps the data set it came from', async () => {
  const { store } = library
  const opened = await openFilms(library, { paths: [join(originals, 'NORMAL')] }, quiet())
  const again = await openFilms(library, { paths: [join(originals, 'NORMAL')] }, quiet())
  expect(opened.added.length).toBeGreaterThan(0)
  expect(again).toEqual({ opened: opened.opened, added: [], refused: [] })
  expect(store.images.get(opened.added[0]!).datasetId).toBeDefined()
  const text = worklistCsv(store.review.items(undefined), undefined)
  expect(text.split('\r\n')).toHaveLength(opened.added.length + 2)
})

test('the first film that is new on the worklist is told once, and one that was there is not', async () => {
  const { store } = library
  const paths = [join(originals, 'PNEUMONIA')]
  const told: (string | undefined)[] = []
  const job = { ...quiet(), report: ({ first }: OpenProgress) => void told.push(first?.imageId) }
  const { added } = await openFilms(library, { paths }, job)
  expect(told.filter((id) => id !== undefined)).toEqual([added[0]])
  await openFilms(library, { paths }, job)
  expect(told.filter((id) => id !== undefined)).toHaveLength(1)
  store.review.remove(added)
})

test('a look is told of the film that is read first, and whether that is the first new one', async () => {
  const { store } = library
  const paths = [join(originals, 'PNEUMONIA')]
  const told: string[] = []
  const report = ({ look, first }: OpenProgress) => {
    if (look) told.push('look')
    if (first) told.push(first.isLookedAt ? 'looked at' : 'not looked at')
  }
  const order = { paths, pane: { width: 800, height: 600 } }
  const { added } = await openFilms(library, order, { ...quiet(), report })
  expect(told.splice(0)).toEqual(['look', 'looked at'])
  store.review.remove(added.slice(1))
  await openFilms(library, order, { ...quiet(), report })
  expect(told).toEqual(['look', 'not looked at'])
  store.review.remove(added)
})

test('originals that were moved away are missed by name, in a score and in a training', async () => {
  const { store } = library
  const { dataset } = await importFolder(library, { paths: [originals], name: 'Away' }, quiet())
  const run = await createRun(library, {
    ...{ datasetId: dataset.id, name: 'Away', recipe: 'tiny', spec, settings },
  })
  const { fileName, id } = store.images.ofDataset(dataset.id)[0]!
  renameSync(originals, `${originals}-moved`)
  await expect(trainRun(library, { runId: run.id }, quiet())).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  expect(store.runs.get(run.id)).toMatchObject({
    status: 'failed',
    reason: expect.stringContaining(`${fileName} (and 23 more of 24)`) as unknown,
  })
  const [imported, trained] = store.models.all()
  await expect(predictFilm(library, { modelId: imported!.id, imageId: id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  // By the other model the score of another film with the same content is known: nothing is read.
  expect((await predictFilm(library, { modelId: trained!.id, imageId: id })).imageId).toBe(id)
  renameSync(`${originals}-moved`, originals)
  await deleteDataset(library, dataset.id)
  expect(existsSync(originals)).toBe(true)
  expect(store.runs.get(run.id).datasetId).toBeUndefined()
})
