/**
 * Imports that are killed at random moments. PNEUMOSCOPE_KILLS says how often (5); PNEUMOSCOPE_SEED draws other moments.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { below, randomStream } from '../../src/engine/data/random.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openLibraryFolder } from '../../src/store/libraryFolder.ts'
import { openStore } from '../../src/store/store.ts'
import { buildPrograms } from './builtPrograms.ts'
import { writeFilms } from './films.ts'
import { runProgram } from './killedProgram.ts'

let built = ''
const root = mkdtempSync(join(tmpdir(), 'pneumoscope-killed-'))
const films = join(root, 'films')
const count = 1500
const kills = Number(process.env['PNEUMOSCOPE_KILLS'] ?? 5)
const random = randomStream(Number(process.env['PNEUMOSCOPE_SEED'] ?? 1), 'kills')

beforeAll(async () => {
  built = await buildPrograms('import-kills')
  await writeFilms(films, count)
}, 300_000)
afterAll(() => {
  for (const folder of [root, built]) rmSync(folder, { recursive: true, force: true })
})

/** Imports; kills the import so long after its first batch. Its last line, undefined when it was killed. */
async function importFilms(library: string, afterMs = Infinity): Promise<unknown> {
  const moment = { afterMs, cache: join(root, 'cache') }
  const { killed, said } = await runProgram(join(built, 'victim.js'), ['import', library, films], moment) // prettier-ignore
  return killed ? undefined : JSON.parse(said.at(-1)!)
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
  expect(last).toMatchObject({ images: count })
  expect(stored(library)).toMatchObject({ images: count, paths: count, datasets: 1 })
  const store = openStore(openLibraryFolder(library), 'test')
  const [dataset] = store.datasets.all()
  expect(dataset).toMatchObject({ images: count, refused: 0 })
  expect(store.datasets.halves()).toEqual([])
  const placed = store.images.ofDataset(dataset!.id).map(({ path }) => path)
  expect(placed).toEqual([...placed].sort())
  store.close()
}, 3_600_000)
