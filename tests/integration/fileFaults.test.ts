/**
 * A disk that fails at the n-th operation (SQLite's way of testing): full, broken, read-only, forbidden; once, and from then
 * on. After each: the old state or the new one, nothing half under a final name, an error with a code, and the same work
 * done again without repair. PNEUMOSCOPE_FAULTS=all takes every error at every operation in both ways.
 */
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFilmCache } from '../../src/engine/data/filmCache.ts'
import { unzipPackage, zipPackage } from '../../src/engine/exchange/packageZip.ts'
import { loadPackage, savePackage } from '../../src/engine/models/package.ts'
import { tinyCard, tinyGolden, tinyWeights } from '../../src/engine/models/testing/tinyPackage.ts'
import { writeFileAtomically } from '../../src/files/atomicWrite.ts'
import { recoverFolder } from '../../src/files/commitFolder.ts'
import { AppError } from '../../src/shared/errors.ts'
import { faults, onFaultyDisk, type FaultOrder } from './faultyFiles.ts'
import { writeFilms } from './films.ts'

const isLong = process.env['PNEUMOSCOPE_FAULTS'] === 'all'
let root = ''
let packed = ''
let zipped = ''
let films: readonly string[] = []
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pneumoscope-faults-'))
  packed = join(root, 'package')
  zipped = join(root, 'whole.zip')
  await savePackage(packed, tinyCard, tinyWeights, { golden: tinyGolden })
  await zipPackage(packed, zipped)
  films = (await writeFilms(join(root, 'films'), 4)).map(({ path }) => path)
})
afterAll(() => rm(root, { recursive: true, force: true }))

interface Work {
  readonly what: string
  /** Makes the state before, in a folder that is there and empty. */
  readonly prepare: (folder: string) => Promise<unknown>
  readonly act: (folder: string) => Promise<unknown>
  /** Throws unless the folder holds the old state or the new one, whole. */
  readonly check: (folder: string) => Promise<unknown>
  /** Throws unless it holds the new one. */
  readonly finished: (folder: string) => Promise<unknown>
}

const text = 'a few words\n'.repeat(500)
const model = (folder: string) => join(folder, 'model')
const named = async (path: string, name: string) =>
  expect((await loadPackage(path)).manifest.name).toBe(name)
const renamed = { ...tinyCard, name: 'renamed' }

async function oldOrNew(file: string) {
  if (existsSync(file)) expect(['old', text]).toContain(await readFile(file, 'utf8'))
}

const works: readonly Work[] = [
  {
    what: 'a file in the place of another',
    prepare: (folder) => writeFile(join(folder, 'file'), 'old'),
    act: (folder) => writeFileAtomically(join(folder, 'file'), text),
    check: (folder) => oldOrNew(join(folder, 'file')),
    finished: async (folder) => expect(await readFile(join(folder, 'file'), 'utf8')).toBe(text),
  },
  {
    what: 'a model package in the place of another',
    prepare: (folder) => cp(packed, model(folder), { recursive: true }),
    act: (folder) => savePackage(model(folder), renamed, tinyWeights, { golden: tinyGolden }),
    check: async (folder) => {
      // What a start of the program does.
      await recoverFolder(model(folder))
      expect(['tiny', 'renamed']).toContain((await loadPackage(model(folder))).manifest.name)
    },
    finished: (folder) => named(model(folder), 'renamed'),
  },
  {
    what: 'an exported zip',
    prepare: () => Promise.resolve(),
    act: (folder) => zipPackage(packed, join(folder, 'model.zip')),
    check: async (folder) => {
      const file = join(folder, 'model.zip')
      if (existsSync(file)) expect(await readFile(file)).toEqual(await readFile(zipped))
    },
    finished: async (folder) => expect(await readFile(join(folder, 'model.zip'))).toEqual(await readFile(zipped)), // prettier-ignore
  },
  {
    what: 'an imported zip',
    prepare: () => Promise.resolve(),
    act: (folder) => unzipPackage(zipped, model(folder)),
    check: async (folder) => {
      await recoverFolder(model(folder))
      if (existsSync(model(folder))) await named(model(folder), 'tiny')
    },
    finished: (folder) => named(model(folder), 'tiny'),
  },
  {
    what: 'decoded films',
    prepare: () => Promise.resolve(),
    act: cacheOf,
    check: () => Promise.resolve(),
    finished: async (folder) => expect(visible(await readdir(join(folder, 'cache')))).toHaveLength(1), // prettier-ignore
  },
]

const quiet = { signal: new AbortController().signal, report: () => undefined }
const visible = (names: readonly string[]) => names.filter((name) => !name.startsWith('.'))
async function cacheOf(folder: string) {
  const size = { rows: 16, columns: 16, channels: 1, resize: 'area' } as const
  const cache = await openFilmCache({ paths: films, folder: join(folder, 'cache'), ...size }, quiet)
  await cache.close()
}

/** All errors and both ways in the long run; in a short one each n meets one of them. */
function ordersFor(below: string, at: number): FaultOrder[] {
  const all = faults.flatMap((code) => [true, false].map((lasts) => ({ below, at, code, lasts })))
  return isLong ? all : [all[at % all.length]!]
}

async function fresh(prepare: Work['prepare']): Promise<string> {
  const folder = await mkdtemp(join(root, 'work-'))
  await prepare(folder)
  return folder
}

test.each(works)(
  'a disk that fails at any operation: $what',
  async (work) => {
    const whole = await fresh(work.prepare)
    const never = { below: whole, at: Infinity, code: 'EIO', lasts: false } as const
    const { operations, outcome } = await onFaultyDisk(never, () => work.act(whole))
    expect(outcome.status).toBe('fulfilled')
    expect(operations).toBeGreaterThan(3)
    let failed = 0
    for (let at = 1; at <= operations; at++) {
      for (const order of ordersFor(whole, at)) {
        const folder = await fresh(work.prepare)
        const words = `${order.code} at operation ${at}${order.lasts ? ' and after' : ''}`
        const { outcome } = await onFaultyDisk({ ...order, below: folder }, () => work.act(folder))
        if (outcome.status === 'rejected') {
          failed++
          expect(outcome.reason, words).toBeInstanceOf(AppError)
          expect((outcome.reason as AppError).message, words).toMatch(/^[^\n]{10,400}$/)
        } else await work.finished(folder)
        await work.check(folder)
        await work.act(folder)
        await work.finished(folder)
        // A disk on which nothing can be removed leaves hidden files; the next act or start takes them away.
        expect(visible(await readdir(folder)).length, words).toBeLessThanOrEqual(1)
        await rm(folder, { recursive: true, force: true })
      }
    }
    console.log(`${work.what}: ${operations} operations, ${failed} failures told`)
    expect(failed).toBeGreaterThan(operations / 2)
  },
  3_600_000,
)
