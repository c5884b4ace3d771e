/** Names that lead elsewhere, in everything that is imported: nothing outside the chosen folder is touched or taken. */
import {
  promises,
  mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs' // prettier-ignore
import { cp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unpackArchives } from '../../src/engine/archive/unpackArchives.ts'
import { readCapsule, writeCapsule } from '../../src/engine/capsule/capsuleFile.ts'
import { verifyCapsule } from '../../src/engine/capsule/verifyCapsule.ts'
import { namedByIndexes } from '../../src/engine/data/dicomFiles.ts'
import { surveyFolder } from '../../src/engine/data/survey.ts'
import { unzipPackage } from '../../src/engine/exchange/packageZip.ts'
import { loadPackage, savePackage } from '../../src/engine/models/package.ts'
import { tinyCard, tinyGolden, tinyWeights } from '../../src/engine/models/testing/tinyPackage.ts'
import { toAppError } from '../../src/shared/errors.ts'
import { onFaultyDisk } from './faultyFiles.ts'
import { zipOf } from './zipFile.ts'

const root = mkdtempSync(join(tmpdir(), 'pneumoscope-names-'))
const outside = join(root, 'outside')
const inside = join(root, 'inside')
const film = readFileSync(fileURLToPath(new URL('../fixtures/images/grey.png', import.meta.url)))
const job = { signal: new AbortController().signal, report: () => undefined }

beforeAll(() => {
  for (const folder of [outside, inside]) mkdirSync(folder)
  writeFileSync(join(outside, 'secret.png'), film)
  writeFileSync(join(inside, 'own.png'), film)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const up = ['../outside/secret.png', '..\\outside\\secret.png', './../outside/secret.png', 'a/../../outside/secret.png', 'a\\..\\..\\outside\\secret.png', '....//outside/secret.png', '..../outside/secret.png', '.. /outside/secret.png', '..%2foutside%2fsecret.png', '..%5coutside%5csecret.png', '%2e%2e/outside/secret.png', '..%c0%afoutside/secret.png', '..;/outside/secret.png', '../../../../../../../../etc/passwd', '..', '.', '../', './', '/..', '\\..'] // prettier-ignore
const absolute = ['/etc/passwd', '//etc/passwd', '\\etc\\passwd', 'C:\\Windows\\win.ini', 'c:/windows/win.ini', 'C:secret.png', '\\\\server\\share\\secret.png', '//server/share/secret.png', '\\\\?\\C:\\secret.png', '\\\\.\\pipe\\x', 'file:///etc/passwd', 'file:///../outside/secret.png', '~/secret.png', '~root/secret.png', '$HOME/secret.png', '%USERPROFILE%\\secret.png', 'http://example.org/secret.png', '/dev/zero', '/proc/self/environ', '/dev/stdin'] // prettier-ignore
const odd = ['secret.png\0.txt', '\0', 'CON', 'con.png', 'NUL.png', 'AUX', 'COM1.png', 'LPT1', 'secret.png.', 'secret.png ', ' ', 'a:b.png', 'own.png:stream', 'OWN.PNG', '__proto__', 'constructor', 'toString', '-rf', '--help', '*', '?', '|cat', '`id`', '$(id)', ';ls', '"', "'", '\u202Egnp.nwo', '\uFF0E\uFF0E\uFF0Foutside\uFF0Fsecret.png', 'x'.repeat(300), `${'a/'.repeat(2000)}own.png`, '\r\nown.png', '\uD800'] // prettier-ignore
const names = [...up, ...absolute, ...odd]

/** Runs it and says how often anything outside was asked for. */
async function touchedOutside(work: () => Promise<unknown>): Promise<number> {
  const order = { below: outside, at: Infinity, code: 'EIO', lasts: false } as const
  const { operations, outcome } = await onFaultyDisk(order, work)
  if (outcome.status === 'rejected') throw outcome.reason
  return operations
}

test('the list has sixty names and more, and a touch outside would be seen', async () => {
  expect(new Set(names).size).toBeGreaterThanOrEqual(60)
  const look = () => promises.readFile(join(outside, 'secret.png'))
  expect(await touchedOutside(look)).toBe(1)
})

test('a table that names films elsewhere gets none of them', async () => {
  const file = join(root, 'labels.csv')
  for (const name of names) {
    const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
    const rows = ['film,label', `own.png,NORMAL`, `${quoted(name)},PNEUMONIA`]
    await writeFile(file, `${rows.join('\r\n')}\r\n`)
    let taken: readonly string[] = []
    const touched = await touchedOutside(async () => {
      const survey = await surveyFolder({ paths: [inside], labels: { file } }, job)
      taken = survey.films.map(({ path }) => path)
    })
    expect(touched, name).toBe(0)
    expect(
      taken.filter((path) => dirname(path) !== inside),
      name,
    ).toEqual([])
  }
}, 300_000)

test('a DICOMDIR that names files elsewhere gets none of them', async () => {
  for (const name of names) {
    const index = join(inside, 'DICOMDIR')
    for (const parts of [[name], name.split('/'), name.split('\\')]) {
      let found: readonly string[] = []
      const looks = [{ kind: 'index', path: index, files: [parts] }]
      const touched = await touchedOutside(async () => (found = await namedByIndexes(looks, [])))
      expect(touched, name).toBe(0)
      expect(
        found.filter((path) => !path.startsWith(inside + sep)),
        name,
      ).toEqual([])
    }
  }
})

test('a zip of a model with another name in it is refused, and nothing is written', async () => {
  const before = readdirSync(outside)
  // An object of JavaScript, from which the zip is made, cannot have an entry of that name.
  for (const name of names.filter((each) => each !== '__proto__')) {
    const file = join(root, 'model.zip')
    const folder = join(inside, 'model')
    await writeFile(file, zipSync({ 'model.json': strToU8('{}'), [name || 'x']: strToU8('x') }))
    const touched = await touchedOutside(() =>
      expect(unzipPackage(file, folder), name).rejects.toMatchObject({
        code: 'BAD_MODEL',
        message: expect.stringContaining('is no file of a model package') as string,
      }),
    )
    expect(touched, name).toBe(0)
    expect(readdirSync(inside), name).toEqual(['own.png'])
  }
  expect(readdirSync(outside)).toEqual(before)
})

test('an archive of films with such names in it is unpacked below its own folder alone', async () => {
  const before = readdirSync(outside)
  for (const [at, name] of names.entries()) {
    const file = join(root, 'films.zip')
    const folder = join(root, 'archives', String(at))
    mkdirSync(folder, { recursive: true })
    const entries = [{ name: 'own.png', content: film }]
    const bytes = Buffer.byteLength(name)
    await writeFile(file, zipOf(bytes > 0 && bytes < 60_000 ? [...entries, { name, content: film }] : entries)) // prettier-ignore
    let taken: readonly string[] = []
    const touched = await touchedOutside(async () => {
      const { paths } = await unpackArchives({ paths: [file], folder }, job)
      taken = (await surveyFolder({ paths }, job)).films.map(({ path }) => path)
    })
    expect(touched, name).toBe(0)
    expect(taken.length, name).toBeGreaterThan(0)
    expect(
      taken.filter((path) => !path.startsWith(folder + sep)),
      name,
    ).toEqual([])
  }
  expect(readdirSync(outside)).toEqual(before)
}, 120_000)

test('a model package that names other files than its own is refused', async () => {
  const packed = join(root, 'package')
  await savePackage(packed, tinyCard, tinyWeights, { golden: tinyGolden })
  const manifest = JSON.parse(readFileSync(join(packed, 'model.json'), 'utf8')) as Record<string, unknown> // prettier-ignore
  const bent = join(root, 'bent')
  for (const name of names) {
    await rm(bent, { recursive: true, force: true })
    await cp(packed, bent, { recursive: true })
    const files = Object.fromEntries([...Object.entries(manifest['files'] as object), [name, { sha256: 'a'.repeat(64), bytes: 1 }]]) // prettier-ignore
    await writeFile(join(bent, 'model.json'), JSON.stringify({ ...manifest, files }))
    const touched = await touchedOutside(() =>
      expect(loadPackage(bent), name).rejects.toMatchObject({ code: 'BAD_MODEL' }),
    )
    expect(touched, name).toBe(0)
  }
})

test('a folder with such files and with links that lead out of it gives its own films alone', async () => {
  const folder = join(root, 'odd')
  mkdirSync(folder)
  let made = 0
  for (const [at, name] of names.entries()) {
    const isName = !/[\0/]/.test(name) && !['.', '..'].includes(name) && name.length < 200
    if (isName) {
      writeFileSync(join(folder, name), film)
      made++
    } else symlinkSync(name.replaceAll('\0', '') || '.', join(folder, `link${at}`))
  }
  symlinkSync(join(outside, 'secret.png'), join(folder, 'to-secret.png'))
  symlinkSync(outside, join(folder, 'to-outside'))
  expect(made).toBeGreaterThan(30)
  const { films } = await surveyFolder({ paths: [folder] }, job)
  expect(films.length).toBeGreaterThan(30)
  for (const { path } of films) expect(dirname(path)).toBe(folder)
  expect(films.map(({ path }) => path).join()).not.toContain('to-')
})

test('a capsule with such names beside its own, or in their place, gives its own parts or none', async () => {
  const before = [readdirSync(outside), readdirSync(inside)]
  const part = { 'capsule.json': strToU8('{}'), 'model/model.json': strToU8('{}'), 'model/weights.bin': strToU8('x') } // prettier-ignore
  for (const name of names.filter((each) => each !== '__proto__')) {
    const file = join(inside, 'capsule.zip')
    await writeFile(file, zipSync({ ...part, [name || 'x']: strToU8('x') }))
    const touched = await touchedOutside(() =>
      expect(readCapsule(file), name).rejects.toMatchObject({ code: 'DAMAGED' }),
    )
    expect(touched, name).toBe(0)
    rmSync(file)
  }
  expect([readdirSync(outside), readdirSync(inside)]).toEqual(before)
})

test('a capsule whose films lie elsewhere by their names has them found among those that were given, or not at all', async () => {
  const folder = join(root, 'given')
  mkdirSync(folder)
  writeFileSync(join(folder, 'own.png'), film)
  await savePackage(join(root, 'of-capsule'), tinyCard, tinyWeights)
  const { manifest } = await loadPackage(join(root, 'of-capsule'))
  for (const name of names.filter((each) => each !== '')) {
    const file = join(root, 'capsule.zip')
    await writeCapsule(file, {
      capsule: {
        ...{ format: 'pneumoscope-capsule', version: 1, createdAt: '2024-01-01T00:00:00.000Z' },
        ...{ manifest, validation: null, test: null, software: { pneumoscope: '0' } },
        films: [{ file: name, class: 'NORMAL', patient: 'a', sha256: 'a'.repeat(64), part: 'test', probabilities: [0.5, 0.5] }], // prettier-ignore
      },
      manifest: readFileSync(join(root, 'of-capsule', 'model.json')),
      weights: readFileSync(join(root, 'of-capsule', 'weights.bin')),
    })
    const verified = () => verifyCapsule({ file, paths: [join(folder, 'own.png')], tolerance: 1 }, job) // prettier-ignore
    const touched = await touchedOutside(async () => {
      // A name that no capsule may have is refused, another is told as a film that is missing or another one.
      const outcome = await verified().catch((cause: unknown) => toAppError(cause).code)
      if (typeof outcome === 'string')
        expect(outcome, name).toMatch(/^(?:DAMAGED|BAD_INPUT|NOT_FOUND)$/)
      else expect(outcome.differences.length, name).toBeGreaterThan(0)
    })
    expect(touched, name).toBe(0)
  }
}, 300_000)

test('idx files by such names, and links in the place of their labels, give the pictures of their own folder alone', async () => {
  const pictures = Buffer.concat([Buffer.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2), Buffer.alloc(4)]) // prettier-ignore
  const labels = Buffer.of(0, 0, 8, 1, 0, 0, 0, 1, 7)
  writeFileSync(join(outside, 'stolen-labels-idx1-ubyte'), labels)
  writeFileSync(join(outside, 'stolen-images-idx3-ubyte'), pictures)
  let made = 0
  for (const [at, name] of names.entries()) {
    const folder = join(root, 'idx', String(at))
    mkdirSync(folder, { recursive: true })
    const isName = !/[\0/]/.test(name) && name.length < 200
    const stem = isName ? name : 'linked'
    writeFileSync(join(folder, `${stem}-images-idx3-ubyte`), pictures)
    if (isName) writeFileSync(join(folder, `${stem}-labels-idx1-ubyte`), labels)
    else symlinkSync(name.replaceAll('\0', '') || '.', join(folder, `${stem}-labels-idx1-ubyte`))
    symlinkSync(join(outside, 'stolen-images-idx3-ubyte'), join(folder, 'stolen-images-idx3-ubyte'))
    symlinkSync(join(outside, 'stolen-labels-idx1-ubyte'), join(folder, 'stolen-labels-idx1-ubyte'))
    const { films } = await surveyFolder({ paths: [folder] }, job)
    for (const { path } of films) expect(dirname(path), name).toBe(folder)
    expect(films.map(({ path }) => path).join(), name).not.toContain('stolen')
    expect(films.length, name).toBeLessThanOrEqual(1)
    if (films.length === 1) made++
    rmSync(folder, { recursive: true })
  }
  expect(made).toBeGreaterThan(30)
})
