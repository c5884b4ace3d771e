/** A leaky split from its finding to the stamp on the model, versions, looks and export: the real engine and library. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localClient } from '../../src/cli/localEngine.ts'
import { engineHandlers } from '../../src/engine/handlers.ts'
import { engineContract } from '../../src/shared/contracts/engine.ts'
import { Capsule } from '../../src/shared/domain/capsule.ts'
import { SplitPlan } from '../../src/shared/domain/split.ts'
import { TrainingSettings } from '../../src/shared/domain/training.ts'
import { leakWords } from '../../src/shared/split/words.ts'
import { openLibraryFolder } from '../../src/store/libraryFolder.ts'
import { openStore } from '../../src/store/store.ts'
import { assessModel } from '../../src/workflows/assessModel.ts'
import { exportDataset } from '../../src/workflows/datasetVersions/exportDataset.ts'
import { agreementCsv } from '../../src/workflows/exportAgreement.ts'
import { exportRunCapsule } from '../../src/workflows/exportRunCapsule.ts'
import { worklistCsv } from '../../src/workflows/exportWorklist.ts'
import { importFolder } from '../../src/workflows/importFolder.ts'
import type { Library } from '../../src/workflows/library.ts'
import { filmReport } from '../../src/workflows/report/filmReport.ts'
import { makeModelReport } from '../../src/workflows/report/makeReport.ts'
import { scoreCard } from '../../src/workflows/scoreCard.ts'
import { screenFilms } from '../../src/workflows/screenFilms.ts'
import { examineSplit } from '../../src/workflows/splitDoctor/examine.ts'
import { mendSplit } from '../../src/workflows/splitDoctor/mend.ts'
import { applyPatients, previewPatients } from '../../src/workflows/splitDoctor/patients.ts'
import { applySplit } from '../../src/workflows/splitDoctor/plan.ts'
import { createRun, trainRun } from '../../src/workflows/trainRun.ts'
import { tinySpec, writeFilms } from './films.ts'

const folder = mkdtempSync(join(tmpdir(), 'pneumoscope-doctor-'))
const quiet = () => ({ signal: new AbortController().signal, report: () => undefined })
const settings = TrainingSettings.parse({ epochs: 1, batchSize: 8 })
let library: Library
let datasetId = ''

beforeAll(async () => {
  const store = openStore(openLibraryFolder(join(folder, 'library')), 'test')
  library = { store, engine: localClient(engineContract, engineHandlers()) }
  await writeFilms(join(folder, 'films'), 40)
  const order = { paths: [join(folder, 'films')], name: 'Films' }
  datasetId = (await importFolder(library, order, quiet())).dataset.id
}, 120_000)
afterAll(() => {
  library.store.close()
  rmSync(folder, { recursive: true, force: true })
})

const order = () => ({ datasetId, name: 'run', recipe: 'tiny', spec: tinySpec, settings })

test('rules are tried before they are taken, and each film gets the patient that they read', async () => {
  // film0 … film39: ten films of each ten's digit are one patient.
  const rules = [{ from: 'name' as const, pattern: '^film(\\d?)\\d\\.', words: '' }]
  const preview = await previewPatients(library, { datasetId, rules })
  expect(preview).toMatchObject({ films: 40, changed: 30, unread: { films: 10 } })
  expect(preview.rules[0]).toMatchObject({ films: 30, patients: 3 })
  await applyPatients(library, { datasetId, rules })
  expect(library.store.datasets.get(datasetId).patients).toBe(13)
  expect(library.store.datasets.patientRules(datasetId)).toEqual(rules)
})

test('a split by image leaks and is refused; mended it is taken', async () => {
  const plan = SplitPlan.parse({ by: 'image', validation: 0.2, test: 0.2 })
  await applySplit(library, { datasetId, plan })
  expect(examineSplit(library, datasetId).overlaps.length).toBeGreaterThan(0)
  await expect(createRun(library, order())).rejects.toMatchObject({ code: 'LEAK' })
  mendSplit(library, datasetId)
  expect(examineSplit(library, datasetId).overlaps).toEqual([])
  expect((await createRun(library, order())).leak).toBeUndefined()
  library.store.edits.undo(datasetId)
  expect(examineSplit(library, datasetId).overlaps.length).toBeGreaterThan(0)
})

test('who insists finds the overlap on the run, the package, the score card and the report, and each look counted', async () => {
  const { id } = await createRun(library, { ...order(), allowLeak: true })
  const run = await trainRun(library, { runId: id }, quiet())
  const { hash } = library.store.versions.record(datasetId)
  expect(run.datasetHash).toBe(hash)
  expect(run.leak?.overlaps[0]?.kind).toBe('patient')
  const model = library.store.models.get(run.modelId!)
  expect(model.manifest.card).toMatchObject({ datasetHash: hash, leak: run.leak })
  const assessed = await assessModel(library, { modelId: model.id, datasetId, part: 'test' }, quiet()) // prettier-ignore
  expect(assessed.datasetHash).toBe(hash)
  const card = await scoreCard(library, assessed.id)
  // The test at the end of the training, and this one.
  expect(card.looks).toEqual({ byModel: 2, byAll: 2, models: 1 })
  expect(card.leak).toEqual(run.leak)
  const report = await makeModelReport(library, model.id)
  expect(report).toContain('LEAKY SPLIT: ')
  expect(report).toContain('looked at 2 times with this model')
  expect(report).toContain(hash)
  // Once more: the number that is printed grows with every look.
  await assessModel(library, { modelId: model.id, datasetId, part: 'test' }, quiet())
  expect(await makeModelReport(library, model.id)).toContain('looked at 3 times with this model')
}, 120_000)

test('the overlap stands on every other result of the model: tables, film reports and the capsule', async () => {
  const { store } = library
  const model = store.models.all().find(({ manifest }) => manifest.card.leak)!
  const words = leakWords(model.manifest.card.leak!)
  const [film] = store.images.ofDataset(datasetId)
  await screenFilms(library, { modelId: model.id, imageIds: [film!.id] }, quiet())
  store.review.add(film!.id)
  store.review.decide(film!.id, { verdict: 'normal', decidedAt: '2026-01-01T00:00:00.000Z', scoreSeen: false }) // prettier-ignore
  const items = store.review.items(model.id)
  const cellOf = (table: string) => table.trimEnd().split('\r\n').map((row) => row.includes(words)) // prettier-ignore
  expect(cellOf(worklistCsv(items, model))).toEqual([false, true])
  const read = { item: items[0]!, readings: [], flagged: false, score: 0.5 }
  expect(cellOf(agreementCsv([read], model))).toEqual([false, true])
  const page = filmReport({ item: items[0]!, manifest: model.manifest, film: new Uint8Array(), at: '2026-01-01' }) // prettier-ignore
  expect(page).toContain(words)
  const runId = store.runs.all().find(({ modelId }) => modelId === model.id)!.id
  const file = join(folder, 'run.capsule')
  await exportRunCapsule(library, { runId, file }, quiet())
  const files = unzipSync(readFileSync(file))
  const capsule = Capsule.parse(JSON.parse(strFromU8(files['capsule.json']!)))
  expect(capsule.manifest.card.leak).toEqual(model.manifest.card.leak)
  expect(cellOf(strFromU8(files['curves.csv']!))).toEqual([false, true])
})

test('an export holds every film with its hash below part and class, and is whole or not there', async () => {
  const target = join(folder, 'exported')
  const all = library.store.images.ofDataset(datasetId)
  const { files, hash } = await exportDataset(
    library,
    { datasetId, folder: target, how: 'link', deidentify: false },
    quiet(),
  )
  expect(files).toBe(40)
  const manifest = JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8')) as {
    dataset: { hash: string }
    files: Record<string, string>
  }
  expect(manifest.dataset.hash).toBe(hash)
  for (const [file, sha256] of Object.entries(manifest.files)) {
    const bytes = readFileSync(join(target, file))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
  }
  const [first] = all
  const linked = Object.keys(manifest.files).find((file) => file.endsWith(`/${first!.fileName}`))!
  expect(linked).toBe(`${first!.part!}/${first!.className!}/${first!.fileName}`)
  expect(statSync(join(target, linked)).ino).toBe(statSync(first!.path).ino)
  expect(readFileSync(join(target, 'films.csv'), 'utf8').split('\r\n')).toHaveLength(42)
  const again = exportDataset(library, { datasetId, folder: target, how: 'copy', deidentify: false }, quiet()) // prettier-ignore
  await expect(again).rejects.toMatchObject({ code: 'BAD_INPUT' })
})

test('an export in which no film is left is refused with the reason, and nothing is there', async () => {
  const target = join(folder, 'nobody')
  const order = { datasetId, folder: target, how: 'copy', deidentify: true } as const
  await expect(exportDataset(library, order, quiet())).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringMatching(/^No film is left to export: 40 were refused, .* no DICOM file/) as string, // prettier-ignore
  })
  expect(() => statSync(target)).toThrow('ENOENT')
})

test('an original that is another than was imported is named, and nothing is exported', async () => {
  const [first] = library.store.images.ofDataset(datasetId)
  const before = readFileSync(first!.path)
  const target = join(folder, 'other')
  writeFileSync(first!.path, Buffer.concat([before, Buffer.from([0])]))
  const exported = exportDataset(library, { datasetId, folder: target, how: 'copy', deidentify: false }, quiet()) // prettier-ignore
  await expect(exported).rejects.toMatchObject({ code: 'DAMAGED' })
  writeFileSync(first!.path, before)
  expect(() => statSync(target)).toThrow('ENOENT')
})
