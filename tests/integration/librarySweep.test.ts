/** A sweep whose trainings are runs of the library, with the real engine. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localClient } from '../../src/cli/localEngine.ts'
import { engineHandlers } from '../../src/engine/handlers.ts'
import { engineContract } from '../../src/shared/contracts/engine.ts'
import { openLibraryFolder } from '../../src/store/libraryFolder.ts'
import { openStore } from '../../src/store/store.ts'
import type { Library } from '../../src/workflows/library.ts'
import { makeSamples } from '../../src/workflows/makeSamples.ts'
import { exportRunCapsule } from '../../src/workflows/exportRunCapsule.ts'
import { deleteRuns } from '../../src/workflows/runFiles.ts'
import { createLibrarySweep } from '../../src/workflows/sweep/librarySweep.ts'
import { nextStep } from '../../src/workflows/sweep/nextStep.ts'
import { previewSweep } from '../../src/workflows/sweep/previewSweep.ts'
import { librarySweep, sweepSummaries } from '../../src/workflows/sweep/sweepProgress.ts'
import { trainRun } from '../../src/workflows/trainRun.ts'

const folder = mkdtempSync(join(tmpdir(), 'pneumoscope-library-sweep-'))
const quiet = () => ({ signal: new AbortController().signal, report: () => undefined })
let library: Library
let datasetId = ''
beforeAll(async () => {
  const store = openStore(openLibraryFolder(join(folder, 'library')), 'test')
  library = { store, engine: localClient(engineContract, engineHandlers()) }
  datasetId = (await makeSamples(library, { count: 24, seed: 3 }, quiet())).dataset.id
}, 120_000)
afterAll(() => {
  library.store.close()
  rmSync(folder, { recursive: true, force: true })
})

const text = `
name: tiny
base: { input: 16x16x1, epochs: 1, batch: 8 }
configurations:
  - { spec: 'C: 2 D: 2R', name: small }
  - { spec: 'C: 4 D: 2R', name: wide, priority: 1 }
seeds: [1, 2]
`

test('a sweep becomes runs, those of high priority first, and stays in the library as one', async () => {
  const sweep = await createLibrarySweep(library, { datasetId, text })
  const runs = library.store.runs.ofSweep(sweep.id)
  expect(runs.map(({ name }) => name)).toEqual([
    ...['tiny 2: wide, seed 1', 'tiny 2: wide, seed 2'],
    ...['tiny 1: small, seed 1', 'tiny 1: small, seed 2'],
  ])
  expect(library.store.sweeps.get(sweep.id)).toEqual(sweep)
  expect((await createLibrarySweep(library, { datasetId, text })).name).toBe('tiny 2')
})

test('what is wrong in the text is an answer while it is written, and enters nothing when it is started', async () => {
  const order = { datasetId, text: 'grid: { dropout: [2] }' }
  expect(await previewSweep(library, order)).toMatchObject({
    ...{ kind: 'mistake', option: 'grid.dropout.0' },
    place: { line: 1, column: 19 },
  })
  const before = library.store.sweeps.all().length
  await expect(createLibrarySweep(library, order)).rejects.toThrow('Line 1, column 19')
  expect(library.store.sweeps.all()).toHaveLength(before)
})

/** Trains what comes next until nothing does, as the window's queue would. */
async function trainAll(sweepId: string): Promise<string[]> {
  const { store } = library
  const sweep = store.sweeps.get(sweepId)
  const steps: string[] = []
  for (;;) {
    const step = nextStep(sweep, store.runs.ofSweep(sweepId))
    if (step.kind === 'rest') return steps
    if (step.kind === 'drop') {
      for (const id of step.runIds) store.runs.end(id, { status: 'dropped', reason: step.reason })
      steps.push(`drop ${step.runIds.length}`)
    } else {
      const { run, untilEpoch } = step
      await trainRun(library, { runId: run.id, resume: true, untilEpoch }, quiet())
      steps.push(`${run.sweep!.configuration} to ${untilEpoch ?? 'the end'}`)
    }
  }
}

const halved = `
name: halved
base: { spec: 'C: 2 D: 2R', input: 16x16x1, epochs: 3, batch: 8 }
grid: { learningRate: [0.01, 0.001, 0.0001, 0.00001] }
halving: { keep: 0.5, epochs: 1 }
`

test('halving trains in rounds, and only those that reach the end make models', { timeout: 180_000 }, async () => {
  const { store } = library
  const models = store.models.all().length
  const { id } = await createLibrarySweep(library, { datasetId, text: halved })
  const steps = await trainAll(id)
  expect(steps.slice(0, 5)).toEqual(['1 to 1', '2 to 1', '3 to 1', '4 to 1', 'drop 2'])
  expect(steps.filter((step) => step.endsWith('to the end'))).toHaveLength(1)
  const sweep = librarySweep(store.sweeps.get(id), store.runs.ofSweep(id))
  const told = { state: 'ended', trainings: 4, complete: 1, failed: 0, progress: 1 }
  expect(sweep).toMatchObject(told)
  // The list reckons the same from counts.
  const listed = sweepSummaries(library)
  expect(listed.find((each) => each.id === id)).toMatchObject(told)
  expect(listed.find(({ name }) => name === 'tiny')).toMatchObject({ state: 'waiting', progress: 0 })
  expect(sweep.configurations.map(({ epochs }) => epochs).sort()).toEqual([1, 1, 2, 3])
  expect(store.models.all()).toHaveLength(models + 1)

  // The pace of an ended training tells how long the next will take.
  const preview = await previewSweep(library, { datasetId, text: halved })
  expect(preview).toMatchObject({ kind: 'preview', trainings: 4, estimate: { seconds: expect.any(Number) as number } }) // prettier-ignore
  expect(preview.kind === 'preview' && preview.rounds).toEqual([
    { configurations: 4, untilEpoch: 1 },
    { configurations: 2, untilEpoch: 2 },
    { configurations: 1, untilEpoch: 3 },
  ])

  await deleteRuns(library, { runIds: store.runs.ofSweep(id).map((run) => run.id) })
  expect(store.sweeps.find(id)).toBeUndefined()
}) // prettier-ignore

test('a run of it makes a capsule that verifies', { timeout: 120_000 }, async () => {
  const { id } = await createLibrarySweep(library, { datasetId, text })
  const [run] = library.store.runs.ofSweep(id)
  const file = join(folder, 'run.zip')
  await expect(exportRunCapsule(library, { runId: run!.id, file }, quiet())).rejects.toThrow('has no model') // prettier-ignore
  await trainRun(library, { runId: run!.id }, quiet())
  expect(await exportRunCapsule(library, { runId: run!.id, file }, quiet())).toBe(24)
  const paths = library.store.images.ofDataset(datasetId).map(({ path }) => path)
  const { differences, films } = await library.engine.verifyCapsule({ file, paths, tolerance: 0 })
  expect([differences, films]).toEqual([[], 24])
})
