/**
 * Imports that are killed at random moments. PNEUMOSCOPE_KILLS says how often (5); PNEUMOSCOPE_SEED draws other moments.
 */
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { below, randomStream } from '../../src/engine/data/random.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openLibraryFolder } from '../../src/store/libraryFolder.ts'
import { openStore } from '../../src/store/store.ts'
import { writeFilms } from './films.ts'

const script = fileURLToPath(new URL('importInChild.mjs', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'pneumoscope-killed-'))
const films = join(root, 'films')
const count = 1500
const kills = Number(process.env['PNEUMOSCOPE_KILLS'] ?? 5)
const random = randomStream(Number(process.env['PNEUMOSCOPE_SEED'] ?? 1), 'kills')

beforeAll(async () => {
  await writeFilms(films, count)
}, 120_000)
afterAll(() => rmSync(root, { recursive: true, force: true }))

interface Told {
  readonly images: number
  readonly resumedFrom: number
}

/** Imports; with a moment, kills the import so long after its first batch. Undefined when it was killed. */
function importFilms(library: string, killAfterMs?: number): Promise<Told | undefined> {
  const child = fork(script, [library, films], { execArgv: [], stdio: 'ignore' })
  let told: Told | undefined
  let isBegun = false
  child.on('message', (message: { done: number } | Told) => {
    if ('images' in message) told = message
    else if (!isBegun && killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs) // prettier-ignore
    isBegun = true
  })
  return new Promise((resolve, reject) =>
    child.on('exit', (status, signal) => {
      if (told ?? signal === 'SIGKILL') resolve(told)
      else reject(new Error(`The import ended with ${String(status)} and no word`))
    }),
  )
}

/** What the library holds of the import, complete or not: each film once, with all that belongs to it. */
function stored(library: string) {
  const database = openDatabase(join(library, 'library.sqlite'))
  const ask = (sql: string) => Object.values(database.prepare(sql).get() as object)[0] as unknown
  const found = {
    check: ask('PRAGMA integrity_check'),
    images: ask('SELECT count(*) FROM image'),
    paths: ask('SELECT count(DISTINCT path) FROM image'),
    datasets: ask('SELECT count(*) FROM dataset'),
    strays: ask('SELECT count(*) FROM image WHERE dataset_id NOT IN (SELECT id FROM dataset)'),
  }
  database.close()
  return found
}

test(`an import killed ${kills} times leaves no half rows, and completes with exact counts`, async () => {
  let library = mkdtempSync(join(root, 'library-'))
  let killed = 0
  let before = 0
  while (killed < kills) {
    const told = await importFilms(library, below(random, 400))
    const now = stored(library)
    expect(now).toMatchObject({ check: 'ok', paths: now.images, datasets: 1, strays: 0 })
    if (told) {
      // It was quicker than the kill: begin with an empty library again.
      expect(told).toEqual({ images: count, resumedFrom: before })
      library = mkdtempSync(join(root, 'library-'))
      before = 0
    } else {
      killed++
      // The files were not touched meanwhile, so that what was in stays in.
      expect(now.images).toBeGreaterThanOrEqual(before)
      before = now.images as number
    }
  }
  const last = await importFilms(library)
  expect(last?.images).toBe(count)
  expect(stored(library)).toMatchObject({ images: count, paths: count, datasets: 1 })
  const store = openStore(openLibraryFolder(library), 'test')
  const [dataset] = store.datasets.all()
  expect(dataset).toMatchObject({ images: count, refused: 0 })
  expect(store.datasets.halves()).toEqual([])
  const placed = store.images.ofDataset(dataset!.id).map(({ path }) => path)
  expect(placed).toEqual([...placed].sort())
  store.close()
}, 1_200_000)
