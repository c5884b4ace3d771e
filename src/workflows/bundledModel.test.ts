import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLibraryFolder } from '../store/libraryFolder.ts'
import { openStore } from '../store/store.ts'
import { savePackage } from '../engine/models/package.ts'
import { TrainingSettings } from '../shared/domain/training.ts'
import { ModelSpec } from '../shared/domain/modelSpec.ts'
import { isBundled } from './bundledId.ts'
import { installBundledModel } from './bundledModel.ts'
import { deleteModel, modelFolder } from './modelPackages.ts'

/** The smallest package there is: one weight and a bias on one pixel. */
const writePackage = (folder: string) =>
  savePackage(
    folder,
    {
      name: 'shipped',
      createdAt: '2026-01-02T03:04:05.000Z',
      spec: ModelSpec.parse({
        ...{ name: 'one', input: { height: 1, width: 1, channels: 1 }, classes: 2 },
        layers: [
          { type: 'flatten' },
          { type: 'dense', name: 'score', units: 1, activation: 'sigmoid' },
        ],
        ...{ loss: { kind: 'binaryCrossentropy' }, optimiser: { kind: 'sgd' } },
      }),
      preprocessing: { version: 1, resize: 'bilinear', scale: 'unit' },
      ...{ classes: ['NORMAL', 'PNEUMONIA'], threshold: 0.5 },
      card: {
        ...{ trainedOn: 'nothing', films: { train: 0, validation: 0, test: 0 } },
        ...{ settings: TrainingSettings.parse({}), bestEpoch: 0, epochs: [] },
        ...{ validation: null, test: null, synthetic: false, software: {} },
      },
    },
    [
      { name: 'score/kernel', shape: [1, 1], values: Float32Array.of(2) },
      { name: 'score/bias', shape: [1], values: Float32Array.of(-1) },
    ],
  )

let root = ''
let shipped = ''
let store: ReturnType<typeof openStore>
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pneumoscope-bundled-'))
  shipped = join(root, 'shipped')
  await writePackage(shipped)
  store = openStore(openLibraryFolder(join(root, 'library')), 'cli')
})
afterEach(async () => {
  store.close()
  await rm(root, { recursive: true })
})

test('a fresh library gets the shipped model once, whole and under its name', async () => {
  await installBundledModel({ store }, shipped)
  await installBundledModel({ store }, shipped)
  const [model, ...more] = store.models.all()
  expect(more).toEqual([])
  expect(isBundled(model!)).toBe(true)
  expect(model!.manifest.name).toBe('bundled')
  const copy = await readFile(join(modelFolder({ store }, model!.id), 'weights.bin'))
  expect(copy.equals(await readFile(join(shipped, 'weights.bin')))).toBe(true)
})

test('a newer one comes beside the older, which keeps its scores under another name', async () => {
  await installBundledModel({ store }, shipped)
  const newer = join(root, 'newer')
  await cp(shipped, newer, { recursive: true })
  const manifest = JSON.parse(await readFile(join(newer, 'model.json'), 'utf8')) as object
  const later = { ...manifest, createdAt: '2099-01-01T00:00:00.000Z' }
  await writeFile(join(newer, 'model.json'), JSON.stringify(later))
  await installBundledModel({ store }, newer)
  const names = store.models.all().map((model) => model.manifest.name)
  expect(names).toEqual(['bundled', expect.stringMatching(/^bundled of \d{4}-\d\d-\d\d$/)])
})

test('of two packages of one training the one that came last is the newest', async () => {
  // Ids are hashes: by chance some of these come before, some after the one that was there.
  const manifest = JSON.parse(await readFile(join(shipped, 'model.json'), 'utf8')) as object
  for (const threshold of [0.1, 0.2, 0.3, 0.4, 0.6, 0.7]) {
    await writeFile(join(shipped, 'model.json'), JSON.stringify({ ...manifest, threshold }))
    await installBundledModel({ store }, shipped)
    const [newest] = store.models.all()
    expect(newest?.manifest).toMatchObject({ name: 'bundled', threshold })
  }
})

test('a damaged package is refused, and nothing of it stays', async () => {
  const damaged = join(root, 'damaged')
  await cp(shipped, damaged, { recursive: true })
  await writeFile(join(damaged, 'weights.bin'), 'no weights')
  await expect(installBundledModel({ store }, damaged)).rejects.toMatchObject({ code: 'DAMAGED' })
  expect(store.models.all()).toEqual([])
  expect(await readdir(store.folder.models)).toEqual([])
})

test('a program without the package leaves the library empty', async () => {
  await installBundledModel({ store }, join(root, 'nothing'))
  expect(store.models.all()).toEqual([])
})

test('what is no model of the library is not deleted, least of all a folder elsewhere', async () => {
  const library = { store, engine: undefined as never }
  const victim = join(store.folder.models, '..', 'victim')
  await mkdir(victim)
  for (const id of ['../victim', victim, '..', '.', '', '\0', 'none'])
    await expect(deleteModel(library, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await readdir(victim)).toEqual([])
})

test('the shipped model stays; an older one of its kind may go', async () => {
  await installBundledModel({ store }, shipped)
  const library = { store, engine: undefined as never }
  const { id } = store.models.all()[0]!
  await expect(deleteModel(library, id)).rejects.toMatchObject({ code: 'CONFLICT' })
  const newer = join(root, 'newer')
  await cp(shipped, newer, { recursive: true })
  const text = await readFile(join(newer, 'model.json'), 'utf8')
  await writeFile(join(newer, 'model.json'), text.replace('2026-01-02', '2026-02-03'))
  await installBundledModel({ store }, newer)
  await deleteModel(library, id)
  expect(store.models.all().map((model) => model.manifest.name)).toEqual(['bundled'])
})
