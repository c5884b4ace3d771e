/** Originals that move and change, and a library that notices. */
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs' // prettier-ignore
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { localClient } from '../../src/cli/localEngine.ts'
import { engineHandlers } from '../../src/engine/handlers.ts'
import { engineContract } from '../../src/shared/contracts/engine.ts'
import { openLibraryFolder } from '../../src/store/libraryFolder.ts'
import { openStore } from '../../src/store/store.ts'
import {
  checkOriginals,
  lostOriginals,
  relinkOriginals,
  requireUnchanged,
} from '../../src/workflows/checkOriginals.ts'
import { importFolder } from '../../src/workflows/importFolder.ts'
import { writeFilms } from './films.ts'

const root = mkdtempSync(join(tmpdir(), 'pneumoscope-originals-'))
const store = openStore(openLibraryFolder(join(root, 'library')), 'test')
const library = { store, engine: localClient(engineContract, engineHandlers()) }
const job = () => ({ signal: new AbortController().signal, report: () => undefined })
afterAll(() => {
  store.close()
  rmSync(root, { recursive: true, force: true })
})

/** Another picture of the same size, with the time of the old one where asked for. */
function change(path: string, keepTime = false) {
  const { atime, mtime } = statSync(path)
  const bytes = readFileSync(path)
  bytes[bytes.length - 20]! ^= 0xff
  writeFileSync(path, bytes)
  if (keepTime) utimesSync(path, atime, mtime)
}

test('moved and changed originals are noticed, named, and found again by path and content', async () => {
  const films = await writeFilms(join(root, 'films'), 8)
  const order = { paths: [join(root, 'films')], name: 'Films' }
  const { dataset } = await importFolder(library, order, job())
  const { id } = dataset
  expect(await checkOriginals(library, id, job())).toEqual({ missing: 0, changed: 0 })
  expect(store.datasets.get(id).checkedAt).toMatch(/^\d{4}-/)

  // A copy made at another time is still the same film.
  utimesSync(films[0]!.path, new Date(), new Date(Date.now() - 5000))
  change(films[1]!.path)
  renameSync(films[2]!.path, `${films[2]!.path}.moved`)
  expect(await checkOriginals(library, id, job())).toEqual({ missing: 1, changed: 1 })
  expect(lostOriginals(library, id)).toEqual([
    { file: 'NORMAL/film2.png', state: 'missing' },
    { file: 'PNEUMONIA/film1.png', state: 'changed' },
  ])
  const image = (at: number) => store.images.ofDataset(id).find(({ path }) => path === films[at]!.path)! // prettier-ignore
  await expect(requireUnchanged(library, image(1))).rejects.toMatchObject({ code: 'CONFLICT' })
  await requireUnchanged(library, image(0))

  // Put back, they are what was imported; without a look nobody would know.
  change(films[1]!.path)
  renameSync(`${films[2]!.path}.moved`, films[2]!.path)
  expect(await checkOriginals(library, id, job())).toEqual({ missing: 0, changed: 0 })

  cpSync(join(root, 'films'), join(root, 'elsewhere'), { recursive: true })
  rmSync(join(root, 'films'), { recursive: true })
  change(join(root, 'elsewhere', 'NORMAL', 'film4.png'), true)
  const folder = join(root, 'elsewhere')
  expect(await relinkOriginals(library, { datasetId: id, folder }, job())).toEqual({
    ...{ missing: 1, changed: 0 },
  })
  expect(lostOriginals(library, id)).toEqual([{ file: 'NORMAL/film4.png', state: 'missing' }])
  expect(store.datasets.get(id).root).toBe(join(root, 'films'))
  change(join(root, 'elsewhere', 'NORMAL', 'film4.png'))
  expect(await relinkOriginals(library, { datasetId: id, folder }, job())).toEqual({
    ...{ missing: 0, changed: 0 },
  })
  expect(store.datasets.get(id).root).toBe(folder)
  for (const { path } of store.images.ofDataset(id)) expect(path.startsWith(folder)).toBe(true)
}, 60_000)
