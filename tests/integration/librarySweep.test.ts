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
import {
  createLibrarySweep,
  exportRunCapsule,
  isUnfinished,
  runsOfSweep,
} from '../../src/workflows/sweep/librarySweep.ts'
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
  const runs = await createLibrarySweep(library, { datasetId, text })
  expect(runs.map(({ name }) => name)).toEqual([
    ...['tiny 2: wide, seed 1', 'tiny 2: wide, seed 2'],
    ...['tiny 1: small, seed 1', 'tiny 1: small, seed 2'],
  ])
  const sweepId = runs[0]!.sweep!.id
  const kept = runsOfSweep(library, sweepId)
  expect(new Set(kept.map(({ id }) => id))).toEqual(new Set(runs.map(({ id }) => id)))
  expect(kept.every(({ sweep }) => sweep?.name === 'tiny')).toBe(true)
  expect(kept.filter(isUnfinished)).toEqual([])
  expect(() => runsOfSweep(library, 'another')).toThrow('not in the library any more')
})

test('halving is refused with the place where it is had', async () => {
  const halved = `${text}\nhalving: { keep: 0.5, epochs: 1 }`
  await expect(createLibrarySweep(library, { datasetId, text: halved })).rejects.toThrow(
    'Successive halving is for the command line',
  )
})

test('a run of it makes a capsule that verifies', { timeout: 120_000 }, async () => {
  const [run] = await createLibrarySweep(library, { datasetId, text })
  const file = join(folder, 'run.zip')
  await expect(exportRunCapsule(library, { runId: run!.id, file })).rejects.toThrow('has no model')
  await trainRun(library, { runId: run!.id }, quiet())
  await exportRunCapsule(library, { runId: run!.id, file })
  const paths = library.store.images.ofDataset(datasetId).map(({ path }) => path)
  const { differences, films } = await library.engine.verifyCapsule({ file, paths, tolerance: 0 })
  expect([differences, films]).toEqual([[], 24])
})
