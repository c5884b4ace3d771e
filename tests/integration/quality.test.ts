/** Copies, odd films and decisions in a library with planted faults: the real engine on generated films. */
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localClient } from '../../src/cli/localEngine.ts'
import { run } from '../../src/cli/run.ts'
import { blurred } from '../../src/engine/data/disturb/sharpness.ts'
import { generateFilms } from '../../src/engine/samples/generateFilms.ts'
import { engineHandlers } from '../../src/engine/handlers.ts'
import { encodeGreyJpeg } from '../../src/engine/images/encodeJpeg.ts'
import { readRaster } from '../../src/engine/images/readRaster.ts'
import { toEightBits } from '../../src/engine/images/eightBits.ts'
import { engineContract } from '../../src/shared/contracts/engine.ts'
import type { Part } from '../../src/shared/domain/part.ts'
import type { FindingKind } from '../../src/shared/domain/findingKind.ts'
import type { Quality } from '../../src/shared/domain/quality.ts'
import { SplitPlan } from '../../src/shared/domain/split.ts'
import { TrainingSettings } from '../../src/shared/domain/training.ts'
import { openLibraryFolder } from '../../src/store/libraryFolder.ts'
import { openStore } from '../../src/store/store.ts'
import { installBundledModel } from '../../src/workflows/bundledModel.ts'
import { editFilms } from '../../src/workflows/editFilms.ts'
import { importFolder } from '../../src/workflows/importFolder.ts'
import type { Library } from '../../src/workflows/library.ts'
import { checkQuality, type CheckProgress } from '../../src/workflows/quality/checkQuality.ts'
import { diffVersions } from '../../src/workflows/datasetVersions/diff.ts'
import { decideFindings } from '../../src/workflows/quality/decideFindings.ts'
import { examineSplit } from '../../src/workflows/splitDoctor/examine.ts'
import { mendSplit } from '../../src/workflows/splitDoctor/mend.ts'
import { previewSplit } from '../../src/workflows/splitDoctor/plan.ts'
import { createRun } from '../../src/workflows/trainRun.ts'
import { tinySpec } from './films.ts'

const root = mkdtempSync(join(tmpdir(), 'pneumoscope-quality-'))
const { signal } = new AbortController()
const job = { signal, report: () => undefined }
let library: Library
let datasetId: string
let found: Quality

/** 80 generated films: six in the wrong class, a film saved twice, one saved again, one blurred, one turned to its negative. */
beforeAll(async () => {
  const folder = join(root, 'films')
  await generateFilms({ folder, count: 80, seed: 11 }, job)
  const of = (name: string) => readdirSync(join(folder, name)).sort()
  const sick = of('PNEUMONIA').slice(0, 6)
  for (const name of sick)
    renameSync(join(folder, 'PNEUMONIA', name), join(folder, 'NORMAL', `swapped-${name}`))
  const [first, second, third, fourth] = of('NORMAL').map((name) => join(folder, 'NORMAL', name))
  const size = { rows: 224, columns: 224 }
  const pixels = async (path: string) => toEightBits(await readRaster(path), 1)
  const write = async (name: string, grey: Uint8Array, quality: number) =>
    writeFileSync(join(folder, 'PNEUMONIA', name), await encodeGreyJpeg(grey, size, quality))
  const same = await encodeGreyJpeg(await pixels(first!), size, 90)
  for (const name of ['twice-1.jpeg', 'twice-2.jpeg'])
    writeFileSync(join(folder, 'PNEUMONIA', name), same)
  await write('again.jpeg', await pixels(second!), 40)
  await write('blurred.jpeg', blurred({ ...size, pixels: await pixels(third!) }, 4).pixels, 95)
  await write(
    'negative.jpeg',
    (await pixels(fourth!)).map((grey) => 255 - grey),
    90,
  )
  const store = openStore(openLibraryFolder(join(root, 'library')), 'test')
  library = { store, engine: localClient(engineContract, engineHandlers()) }
  await installBundledModel(library)
  datasetId = (await importFolder(library, { paths: [folder], name: 'Films' }, job)).dataset.id
  found = await checkQuality(library, datasetId, job)
}, 240_000)
afterAll(() => {
  library.store.close()
  rmSync(root, { recursive: true, force: true })
})

const filesOf = (kind: FindingKind) =>
  library.store.quality
    .findings(datasetId, kind, 0, 200)
    .findings.map(({ films }) => films.map(({ image }) => image.fileName).sort())

test('copies are found, exact and saved again, each as a group', () => {
  expect(filesOf('duplicate')).toEqual([['twice-1.jpeg', 'twice-2.jpeg']])
  const near = filesOf('near-duplicate')
  expect(near.some((files) => files.includes('again.jpeg') && files.length > 1)).toBe(true)
  expect(near.some((files) => files.some((name) => name.startsWith('twice')))).toBe(true)
})

test('the blurred film is the only blurred one, and the negative is called one', () => {
  expect(filesOf('blurred')).toEqual([['blurred.jpeg']])
  expect(filesOf('inverted')).toContainEqual(['negative.jpeg'])
})

test('most of the films in the wrong class are among the suspicious labels', () => {
  const suspects = filesOf('label').flat()
  const planted = suspects.filter((name) => name.startsWith('swapped'))
  expect(found.summary.labels?.folds).toBe(5)
  expect(planted.length).toBeGreaterThanOrEqual(4)
})

test('facts that are known are not measured again, and findings are the same', async () => {
  const steps: CheckProgress['step'][] = []
  const again = await checkQuality(library, datasetId, {
    signal,
    report: ({ step }) => steps.push(step),
  })
  expect(steps).not.toContain('measuring')
  expect(again.summary.known).toBe(again.summary.films)
  expect(again.kinds).toEqual(found.kinds)
})

test('a check that is cancelled goes on where it stood', async () => {
  const other = await importFolder(library, { paths: [join(root, 'films')], name: 'Again' }, job)
  // Known by content, so nothing is left to measure even under another name.
  const steps: CheckProgress['step'][] = []
  await checkQuality(library, other.dataset.id, { signal, report: ({ step }) => steps.push(step) })
  expect(steps).not.toContain('measuring')
  const version = 'of a later program'
  const { end } = library.store.images
  const before = library.store.filmQuality.unmeasured(datasetId, version, 0, end(datasetId)).length
  expect(before).toBeGreaterThan(80)
  const controller = new AbortController()
  const paths = library.store.images.ofDataset(datasetId).map(({ path }) => path)
  let measured = 0
  await expect(
    library.engine.measureFilms(
      { paths },
      {
        signal: controller.signal,
        onProgress: ({ films }) => {
          measured += films.length
          controller.abort()
        },
      },
    ),
  ).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(measured).toBeLessThan(paths.length)
})

test('decisions act on the films at once, close the finding, and are undone step by step', () => {
  const { store } = library
  const { findings } = store.quality.findings(datasetId, 'duplicate', 0, 10)
  const [first, second] = findings[0]!.films.map(({ image }) => image.id)
  decideFindings(library, {
    ...{ datasetId, kind: 'duplicate' },
    decisions: [
      { imageId: first!, decision: 'keep' },
      { imageId: second!, decision: 'exclude' },
    ],
  })
  expect(store.images.get(second!).excluded).toBe(true)
  expect(store.quality.counts(datasetId).find(({ kind }) => kind === 'duplicate')?.open).toBe(0)
  const label = store.quality.findings(datasetId, 'label', 0, 1).findings[0]!
  const { image } = label.films[0]!
  const sick = () =>
    store.datasets.get(datasetId).counts.find(({ className }) => className === 'PNEUMONIA')!
      .unassigned
  const before = sick()
  decideFindings(library, {
    ...{ datasetId, kind: 'label' },
    decisions: [{ imageId: image.id, decision: 'relabel', className: label.suggested }],
  })
  expect(store.images.get(image.id).className).toBe(label.suggested)
  expect(sick()).toBe(before + (label.suggested === 'PNEUMONIA' ? 1 : -1))
  const open = (kind: FindingKind) =>
    store.quality.counts(datasetId).find((count) => count.kind === kind)!.open
  const undecided = open('label')
  const decided = store.versions.record(datasetId)
  expect(store.edits.undo(datasetId).title).toBe('Label: relabelled 1 film')
  expect(store.images.get(image.id).className).toBe(image.className)
  expect(sick()).toBe(before)
  expect(open('label')).toBe(undecided + 1)
  expect(store.edits.undo(datasetId).title).toBe('Duplicate: kept 1 film, excluded 1 film')
  expect(store.images.get(second!).excluded).toBeUndefined()
  expect(open('duplicate')).toBe(1)
  expect(store.edits.history(datasetId).undo).toBeUndefined()
  // Done again, both stand as they stood.
  store.edits.redo(datasetId)
  expect(store.images.get(second!).excluded).toBe(true)
  expect(open('duplicate')).toBe(0)
  store.edits.redo(datasetId)
  expect(open('label')).toBe(undecided)
  const now = store.versions.record(datasetId)
  expect(now.hash).toBe(decided.hash)
  const diff = diffVersions(library, { datasetId, from: 1, to: now.number })
  expect(diff).toMatchObject({ removed: 1, relabelled: [{ to: label.suggested, films: 1 }] })
  for (let step = 0; step < 2; step++) store.edits.undo(datasetId)
  expect(() =>
    decideFindings(library, {
      ...{ datasetId, kind: 'label' },
      decisions: [{ imageId: image.id, decision: 'relabel', className: 'CAT' }],
    }),
  ).toThrow('no class «CAT»')
  expect(basename(store.images.get(image.id).path)).toBe(image.fileName)
})

test('that nothing is wrong is a step as well, which is taken back in its turn', () => {
  const { store } = library
  const { id } = store.quality.findings(datasetId, 'blurred', 0, 1).findings[0]!.films[0]!.image
  const open = () => store.quality.counts(datasetId).find(({ kind }) => kind === 'blurred')!.open
  const before = { open: open(), versions: store.versions.all(datasetId).length }
  decideFindings(library, {
    ...{ datasetId, kind: 'blurred' },
    decisions: [{ imageId: id, decision: 'no-issue' }],
  })
  expect(open()).toBe(before.open - 1)
  expect(store.versions.all(datasetId)).toHaveLength(before.versions)
  expect(store.edits.undo(datasetId).title).toBe('Blurred: found nothing wrong with 1 film')
  expect(open()).toBe(before.open)
})

test('nearly equal films of two patients leak over a split, are refused, and mended and planned together', async () => {
  const { store } = library
  const near = store.quality.findings(datasetId, 'near-duplicate', 0, 50).findings
  const group = near.find(({ films }) =>
    films.some(({ image }) => image.fileName === 'again.jpeg'),
  )!
  const ids = group.films.map(({ image }) => image.id)
  const all = store.images.ofDataset(datasetId).map(({ id }) => id)
  const place = (imageIds: readonly string[], part: Part) =>
    editFilms(library, { datasetId, imageIds, change: { part } })
  place(all, 'train')
  place(ids.slice(-1), 'test')
  const report = examineSplit(library, datasetId)
  expect(report.overlaps.filter(({ kind }) => kind === 'near-copy')).toEqual([
    { kind: 'near-copy', parts: ['train', 'test'], groups: 1, films: [ids.length - 1, 1] },
  ])
  expect(report.examples.find(({ kind }) => kind === 'near-copy')?.name).toContain(' ≈ ')
  expect(report.nearCopies).toBeGreaterThanOrEqual(ids.length)
  const run = { datasetId, name: 'r', recipe: 'tiny', spec: tinySpec, settings: TrainingSettings.parse({}) } // prettier-ignore
  await expect(createRun(library, run)).rejects.toMatchObject({ code: 'LEAK' })
  await expect(createRun(library, run)).rejects.toThrow('1 group of nearly equal films in training and test') // prettier-ignore
  expect(mendSplit(library, datasetId).changed).toBe(1)
  expect(examineSplit(library, datasetId).overlaps).toEqual([])
  for (let seed = 1; seed <= 5; seed++) {
    const plan = SplitPlan.parse({ seed, validation: 0.3, test: 0.3 })
    const { report: planned } = await previewSplit(library, { datasetId, plan })
    expect(planned.overlaps).toEqual([])
  }
  // A person who finds nothing wrong with the group has it forgotten.
  place(ids.slice(-1), 'test')
  decideFindings(library, {
    ...{ datasetId, kind: 'near-duplicate' },
    decisions: ids.map((imageId) => ({ imageId, decision: 'no-issue' as const })),
  })
  expect(examineSplit(library, datasetId).overlaps).toEqual([])
  while (store.edits.history(datasetId).undo) store.edits.undo(datasetId)
})

test('before the quality was checked nobody knows of nearly equal films, and the split says so', async () => {
  const films = join(root, 'films')
  const fresh = await importFolder(library, { paths: [films], name: 'Not checked' }, job)
  expect(examineSplit(library, fresh.dataset.id).nearCopies).toBeUndefined()
})

test('the command line checks a folder, names the files of every finding and leaves nothing behind', async () => {
  const copies = join(root, 'films', 'PNEUMONIA')
  let [told, said] = ['', '']
  const surroundings = {
    stdout: { write: (text: string) => (told += text) },
    stderr: { write: (text: string) => (said += text) },
    ...{ engine: library.engine, signal },
  }
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('pneumoscope-quality-'))
  expect(await run(['quality', '--data', copies, '--json'], surroundings), said).toBe(0)
  const records = told
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  expect(records[0]).toMatchObject({ summary: { unreadable: 0, known: 1 } })
  expect(records).toContainEqual({
    ...{ kind: 'duplicate', severity: 'medium' },
    detail: '2 films with the same pixels, whose patients are not known',
    files: [join(copies, 'twice-1.jpeg'), join(copies, 'twice-2.jpeg')],
  })
  const after = readdirSync(tmpdir()).filter((name) => name.startsWith('pneumoscope-quality-'))
  expect(after).toEqual(before)
  expect(await run(['quality', '--data', copies, '--kind', 'cats'], surroundings)).toBe(2)
}, 240_000)
