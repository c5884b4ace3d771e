import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { testEpoch, testRun } from '../shared/domain/testing/testRun.ts'
import { openDatabase } from '../store/database.ts'
import { openLibraryFolder } from '../store/libraryFolder.ts'
import { migrate, migrations } from '../store/migrate.ts'
import { openStore, type Store } from '../store/store.ts'
import { deleteRuns, runBytes } from './runFiles.ts'

let root: string
let store: Store

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pneumoscope-runs-'))
  store = openStore(openLibraryFolder(root), 'test')
})
afterEach(() => {
  store.close()
  rmSync(root, { recursive: true, force: true })
})

/** Enters a run without a data set, with a checkpoint of that many bytes. */
function enter(id: string, bytes: number, ended = true) {
  const { datasetId, ...run } = testRun({ id, name: `Run ${id}` })
  expect(datasetId).toBeDefined()
  store.runs.insert(run)
  if (ended) store.runs.end(id, { status: 'stopped', reason: 'by the test' })
  const folder = join(store.folder.runs, id, 'best')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'weights.bin'), Buffer.alloc(bytes))
}

test('stars, tags and notes are kept, and what a change leaves out stays', () => {
  enter('a', 1)
  expect(store.runs.get('a')).toMatchObject({ starred: false, archived: false, tags: [], note: '' })
  store.runs.mark('a', { starred: true, tags: ['good', 'x'] })
  store.runs.mark('a', { note: 'Blurred', archived: true })
  store.runs.mark('a', { archived: false })
  expect(store.runs.all()).toMatchObject([
    { id: 'a', starred: true, archived: false, tags: ['good', 'x'], note: 'Blurred' },
  ])
})

test('an epoch remembers when it ended', () => {
  enter('a', 1)
  store.runs.addEpoch('a', testEpoch(1), '2026-01-02T03:04:05.000Z')
  expect(store.runs.get('a').epochs).toEqual([
    { ...testEpoch(1), endedAt: '2026-01-02T03:04:05.000Z' },
  ])
})

test('runs of the first library version have no marks, and their epochs no time', () => {
  const { database: path } = openLibraryFolder(join(root, 'old'))
  const database = openDatabase(path)
  migrate(database, migrations.slice(0, 1))
  database.exec(`INSERT INTO run (id, name, created_at, dataset_name, recipe, status, spec, settings, params)
    VALUES ('a', 'Old', '2026-01-01T00:00:00Z', 'Films', 'r', 'complete',
    '${JSON.stringify(testRun().spec)}', '${JSON.stringify(testRun().settings)}', 65)`)
  database.exec(
    `INSERT INTO epoch (run_id, epoch, report) VALUES ('a', 1, '${JSON.stringify(testEpoch(1))}')`,
  )
  database.close()
  const old = openStore(openLibraryFolder(join(root, 'old')), 'test')
  try {
    expect(old.runs.get('a')).toMatchObject({ starred: false, tags: [], epochs: [testEpoch(1)] })
  } finally {
    old.close()
  }
})

test('deleting runs frees what they took up, and nothing else', async () => {
  enter('a', 1000)
  enter('b', 500)
  enter('c', 1)
  expect(await runBytes({ store }, { runIds: ['a', 'b'] })).toBe(1500)
  expect(await deleteRuns({ store }, { runIds: ['a', 'b'] })).toBe(1500)
  expect(store.runs.all().map(({ id }) => id)).toEqual(['c'])
  expect(existsSync(join(store.folder.runs, 'a'))).toBe(false)
  expect(existsSync(join(store.folder.runs, 'c'))).toBe(true)
})

test('when one of the runs waits or trains, none is deleted and it is named', async () => {
  enter('a', 1000)
  enter('b', 500, false)
  await expect(runBytes({ store }, { runIds: ['../..'] })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await expect(deleteRuns({ store }, { runIds: ['a', 'b'] })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: "The run 'Run b' is not finished: stop it first",
  })
  expect(store.runs.all()).toHaveLength(2)
  expect(existsSync(join(store.folder.runs, 'a', 'best', 'weights.bin'))).toBe(true)
})
