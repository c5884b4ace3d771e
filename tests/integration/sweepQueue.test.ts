/** How the window's queue trains a sweep: with the real engine, library and jobs. */
import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localClient } from '../../src/cli/localEngine.ts'
import { engineHandlers } from '../../src/engine/handlers.ts'
import { createChanges } from '../../src/main/changes.ts'
import { createJobs } from '../../src/main/jobs.ts'
import { createSweepQueue } from '../../src/main/sweepQueue.ts'
import { startTrainingJob } from '../../src/main/trainingJob.ts'
import { engineContract } from '../../src/shared/contracts/engine.ts'
import { openLibraryFolder } from '../../src/store/libraryFolder.ts'
import { openStore } from '../../src/store/store.ts'
import type { Library } from '../../src/workflows/library.ts'
import { makeSamples } from '../../src/workflows/makeSamples.ts'
import { createLibrarySweep } from '../../src/workflows/sweep/librarySweep.ts'
import { librarySweep } from '../../src/workflows/sweep/sweepProgress.ts'
import { createRun } from '../../src/workflows/trainRun.ts'

const folder = mkdtempSync(join(tmpdir(), 'pneumoscope-sweep-queue-'))
let library: Library
let datasetId = ''
beforeAll(async () => {
  const store = openStore(openLibraryFolder(join(folder, 'library')), 'test')
  library = { store, engine: localClient(engineContract, engineHandlers()) }
  const quiet = { signal: new AbortController().signal, report: () => undefined }
  datasetId = (await makeSamples(library, { count: 24, seed: 3 }, quiet)).dataset.id
}, 120_000)
afterAll(() => {
  library.store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A program that has the library open. */
function start() {
  const runChanges = createChanges(0)
  const jobs = createJobs({
    save: (snapshot) => library.store.jobs.save(snapshot),
    onChange: () => undefined,
    onFailure: () => undefined,
  })
  const place = {
    ...{ desk: library, work: library, jobs, runChanges },
    ...{ sweepChanges: createChanges(0), live: new Map<string, never>() },
  }
  const told = (sweepId: string) =>
    librarySweep(library.store.sweeps.get(sweepId), library.store.runs.ofSweep(sweepId))
  /** Resolves when a change of the library's runs makes it true. */
  const until = (isSo: () => boolean) =>
    runChanges.watch(new AbortController().signal, () => !isSo())
  return { place, jobs, told, until, sweeps: createSweepQueue(place) }
}

const sweepText = (name: string, epochs: number) => `
name: ${name}
base: { spec: 'C: 2 D: 2R', input: 16x16x1, epochs: ${epochs}, batch: 8 }
grid: { learningRate: [0.01, 0.001, 0.0001] }
`
const enter = async (name: string, epochs: number) =>
  (await createLibrarySweep(library, { datasetId, text: sweepText(name, epochs) })).id

test(
  'other work gets its turn between two trainings of a sweep',
  { timeout: 180_000 },
  async () => {
    const { place, jobs, told, until, sweeps } = start()
    const id = await enter('patient', 1)
    const [first] = library.store.runs.ofSweep(id)
    const { spec, settings } = first!
    const alone = await createRun(library, { datasetId, name: 'alone', recipe: '', spec, settings })
    sweeps.advance(id)
    startTrainingJob(place, alone)
    // Of the sweep one training runs, and none waits before the other.
    expect(jobs.snapshots().map(({ title }) => title)).toEqual([
      expect.stringContaining('patient 1'),
      'Training of alone',
    ])
    await until(() => told(id).state === 'ended')
    const ended = jobs.snapshots().filter(({ state }) => state.kind !== 'running')
    expect(ended.at(-2)?.title).toBe('Training of alone')
    expect(told(id)).toMatchObject({ complete: 3, failed: 0, progress: 1 })
  },
)

test('a sweep of higher priority does not wait for others', { timeout: 180_000 }, async () => {
  const { told, until, sweeps } = start()
  const [usual, urgent] = [await enter('usual', 1), await enter('urgent', 1)]
  sweeps.advance(usual)
  sweeps.advance(urgent)
  sweeps.prioritise(urgent, 5)
  await until(() => told(urgent).state === 'ended')
  expect(told(usual).complete).toBe(1)
  await until(() => told(usual).state === 'ended')
})

test('a pause keeps finished epochs and makes no model; a resume goes on at once', { timeout: 180_000 }, async () => {
  const { store } = library
  const { told, until, sweeps } = start()
  const models = store.models.all().length
  const id = await enter('paused', 30)
  sweeps.advance(id)
  await until(() => told(id).configurations[0]!.epochs >= 2)
  sweeps.pause(id)
  const again = sweeps.resume(id)
  expect(await again).toHaveLength(3)
  await until(() => told(id).configurations[0]!.epochs >= 4)
  sweeps.pause(id)
  await until(() => told(id).state === 'paused')
  expect(told(id).configurations[0]!.epochs).toBeGreaterThanOrEqual(4)
  expect(told(id).configurations.map(({ trainings }) => trainings[0]?.reason)).toEqual([
    expect.stringMatching(/^Paused after epoch \d+$/),
    ...['Paused before it began', 'Paused before it began'],
  ])
  expect(store.models.all()).toHaveLength(models)
}) // prettier-ignore

test('what would fail for all pauses the sweep with the reason', { timeout: 180_000 }, async () => {
  const { told, until, sweeps } = start()
  const id = await enter('without films', 1)
  const samples = join(library.store.folder.root, 'samples')
  renameSync(samples, `${samples}-away`)
  try {
    sweeps.advance(id)
    await until(() => told(id).state === 'paused')
  } finally {
    renameSync(`${samples}-away`, samples)
  }
  const { failed, configurations } = told(id)
  expect(failed).toBe(1)
  expect(configurations[2]?.trainings[0]?.reason).toMatch(/^Paused, as a training failed: .*original is not where/) // prettier-ignore
  expect(readdirSync(samples)).not.toHaveLength(0)
  expect(await sweeps.resume(id)).toHaveLength(3)
  await until(() => told(id).state === 'ended')
  expect(told(id).complete).toBe(3)
})
