/**
 * A disk of a few MiB that is really full, and a folder that is gone in the middle of an import. After each: an error in
 * words, the old state or the new one, nothing half under a final name, and the same work done again without a repair.
 * The disk is a tmpfs; where this user may not mount one, the tests that need it say so and are left out.
 */
import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localClient } from '../../src/cli/localEngine.ts'
import { engineHandlers } from '../../src/engine/handlers.ts'
import { loadPackage, savePackage } from '../../src/engine/models/package.ts'
import { tinyCard, tinyWeights } from '../../src/engine/models/testing/tinyPackage.ts'
import { train } from '../../src/engine/train/train.ts'
import { writeFileAtomically } from '../../src/files/atomicWrite.ts'
import { recoverFolder } from '../../src/files/commitFolder.ts'
import { engineContract } from '../../src/shared/contracts/engine.ts'
import { TrainingPlan } from '../../src/shared/domain/training.ts'
import { AppError } from '../../src/shared/errors.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openLibraryFolder } from '../../src/store/libraryFolder.ts'
import { openStore } from '../../src/store/store.ts'
import { importFolder } from '../../src/workflows/importFolder.ts'
import { tinyPlan, writeFilms } from './films.ts'

const root = mkdtempSync(join(tmpdir(), 'pneumoscope-full-'))
const disk = join(root, 'disk')
const filler = join(disk, 'filler')
const engine = localClient(engineContract, engineHandlers())
const quiet = () => ({ signal: new AbortController().signal, report: () => undefined })

mkdirSync(disk)
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]).status === 0
if (!mounted)
  console.log('fullDisk: a tmpfs cannot be mounted by this user; its tests are left out')

beforeAll(async () => {
  await writeFilms(join(root, 'films'), 200)
}, 120_000)
afterAll(() => {
  if (mounted) spawnSync('umount', ['--lazy', disk])
  rmSync(root, { recursive: true, force: true })
})

/** Takes all room but so many bytes. */
function fill(left: number): void {
  rmSync(filler, { force: true })
  const block = Buffer.alloc(64 * 1024)
  try {
    for (;;) appendFileSync(filler, block)
  } catch {
    truncateSync(filler, Math.max(0, statSync(filler).size - left))
  }
}

const freed = () => rmSync(filler)

async function refused(work: Promise<unknown>): Promise<AppError> {
  const cause: unknown = await work.then(
    () => new Error('It was not refused'),
    (reason: unknown) => reason,
  )
  if (!(cause instanceof AppError)) throw cause
  expect(cause).toMatchObject({ code: 'DISK_FULL' })
  expect(cause.message).toMatch(/^[^\n]{10,400}$/)
  return cause
}

test.runIf(mounted)(
  'a file and a package stay as they were on a full disk, and come once there is room',
  async () => {
    const file = join(disk, 'table.csv')
    const model = join(disk, 'model')
    const text = 'a row of words\n'.repeat(20_000)
    await writeFileAtomically(file, 'old')
    await savePackage(model, { ...tinyCard, name: 'old' }, tinyWeights)
    for (const left of [0, 4096, 64 * 1024]) {
      fill(left)
      await refused(writeFileAtomically(file, text))
      expect(await readFile(file, 'utf8')).toBe('old')
      if (left > 4096) continue
      await refused(savePackage(model, { ...tinyCard, name: 'new' }, tinyWeights))
      await recoverFolder(model)
      expect((await loadPackage(model)).manifest.name).toBe('old')
    }
    freed()
    await writeFileAtomically(file, text)
    await savePackage(model, { ...tinyCard, name: 'new' }, tinyWeights)
    expect((await loadPackage(model)).manifest.name).toBe('new')
    expect(readdirSync(disk).sort()).toEqual(['model', 'table.csv'])
    for (const name of ['model', 'table.csv']) rmSync(join(disk, name), { recursive: true })
  },
)

test.runIf(mounted)(
  'a training whose disk fills goes on, once there is room, to the numbers of an undisturbed one',
  async () => {
    const films = await writeFilms(join(root, 'trained'), 16)
    const plan = (folder: string) => ({
      ...tinyPlan(folder, films, { epochs: 3 }),
      cacheFolder: join(root, 'cache'),
    })
    await train(plan(join(root, 'undisturbed')), quiet())
    const run = join(disk, 'run')
    let isFull = false
    const filling = {
      signal: quiet().signal,
      report: () => {
        if (!isFull) fill(0)
        isFull = true
      },
    }
    await refused(train(plan(run), filling))
    expect(isFull).toBe(true)
    freed()
    const isBegun = ['checkpoint.bin', 'best'].some((made) => existsSync(join(run, made)))
    await train({ ...plan(run), resume: isBegun }, quiet())
    const weights = (folder: string) => readFileSync(join(folder, 'best', 'weights.bin'))
    expect(weights(run).equals(weights(join(root, 'undisturbed')))).toBe(true)
    rmSync(run, { recursive: true })
  },
  120_000,
)

test.runIf(mounted)(
  'a training that has no room for its films or its checkpoints is refused before it begins, with both figures',
  async () => {
    const films = await writeFilms(join(root, 'roomless'), 16)
    const [run, cacheFolder] = [join(disk, 'run'), join(disk, 'cache')]
    const plan = tinyPlan(run, films, { epochs: 1 })
    const input = plan.spec.input
    const cacheBytes = films.length * input.height * input.width
    fill(cacheBytes - 4096)
    const noFilms = await refused(train({ ...plan, cacheFolder }, quiet()))
    expect(noFilms.message).toMatch(/^.*cache: decoding the films needs [\d.]+ MB of free space, and the disk has [\d.]+ MB; free some space and try again$/) // prettier-ignore
    const wide = { ...plan.spec, layers: [...plan.spec.layers.slice(0, -1), { type: 'dense', units: 512 }, ...plan.spec.layers.slice(-1)] } // prettier-ignore
    fill(1e6)
    const noRun = await refused(train(TrainingPlan.parse({ ...plan, spec: wide, cacheFolder: join(root, 'cache') }), quiet())) // prettier-ignore
    expect(noRun.message).toMatch(
      /^.*run: the training needs [\d.]+ MB of free space, and the disk has [\d.]+ MB;/,
    )
    expect(readdirSync(cacheFolder)).toEqual([])
    expect(readdirSync(run).sort()).toEqual(['plan.json', 'split.json'])
    freed()
    await train({ ...plan, cacheFolder }, quiet())
    for (const folder of [run, cacheFolder]) rmSync(folder, { recursive: true })
  },
  120_000,
)

test.runIf(mounted)(
  'an import whose disk fills is told, keeps what is in whole, and goes on once there is room',
  async () => {
    const folder = openLibraryFolder(join(disk, 'library'))
    const store = openStore(folder, 'test')
    const order = { paths: [join(root, 'films')], name: 'Full' }
    fill(300 * 1024)
    await refused(importFolder({ store, engine }, order, quiet()))
    freed()
    wholeLibrary(folder.database)
    const { dataset } = await importFolder({ store, engine }, order, quiet())
    expect(dataset).toMatchObject({ images: 200, refused: 0 })
    const thumbnails = store.images.ofDataset(dataset.id).map(({ thumbnail }) => thumbnail)
    for (const name of thumbnails)
      expect(existsSync(join(folder.thumbnails, name)), name).toBe(true)
    store.close()
    rmSync(folder.root, { recursive: true })
  },
  120_000,
)

/** As SQLite finds it, and no film without its data set. */
function wholeLibrary(file: string): void {
  const database = openDatabase(file)
  const ask = (sql: string) => Object.values(database.prepare(sql).get() as object)[0] as unknown
  expect(ask('PRAGMA integrity_check')).toBe('ok')
  expect(ask('SELECT count(*) FROM image WHERE dataset_id NOT IN (SELECT id FROM dataset)')).toBe(0)
  expect(ask('SELECT count(*) - count(DISTINCT path) FROM image')).toBe(0)
  database.close()
}

test('a folder that is pulled away during an import leaves no dead rows, and the import goes on when it is back', async () => {
  const films = join(root, 'pulled')
  await writeFilms(films, 300)
  const folder = openLibraryFolder(join(root, 'library'))
  const store = openStore(folder, 'test')
  const order = { paths: [films], name: 'Pulled' }
  let isGone = false
  const pulling = {
    signal: quiet().signal,
    report: (at: { readonly kind: string }) => {
      if (at.kind !== 'reading' || isGone) return
      isGone = true
      renameSync(films, `${films}-away`)
    },
  }
  const first = await importFolder({ store, engine }, order, pulling).catch(
    (cause: unknown) => cause,
  )
  expect(isGone).toBe(true)
  wholeLibrary(folder.database)
  // Either the films that were missed are told one by one, or the import as a whole is.
  if (first instanceof Error) expect(first).toBeInstanceOf(AppError)
  else expect(first).toMatchObject({ refusals: expect.arrayContaining([expect.objectContaining({ code: 'NOT_FOUND' })]) as unknown }) // prettier-ignore
  renameSync(`${films}-away`, films)
  const again = await importFolder({ store, engine }, { ...order, name: 'Back' }, quiet())
  expect(again.dataset).toMatchObject({ images: 300, refused: 0 })
  for (const { path } of store.images.ofDataset(again.dataset.id))
    expect(existsSync(path)).toBe(true)
  store.close()
}, 120_000)
