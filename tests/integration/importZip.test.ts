/** Zip archives as the source of an import, also those that somebody made to do harm. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs' // prettier-ignore
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localClient } from '../../src/cli/localEngine.ts'
import { unpackArchives } from '../../src/engine/archive/unpackArchives.ts'
import { engineHandlers } from '../../src/engine/handlers.ts'
import { engineContract } from '../../src/shared/contracts/engine.ts'
import { openLibraryFolder } from '../../src/store/libraryFolder.ts'
import { openStore } from '../../src/store/store.ts'
import { deleteDataset } from '../../src/workflows/deleteDataset.ts'
import { importFolder } from '../../src/workflows/importFolder.ts'
import { openFilms } from '../../src/workflows/openFilms.ts'
import { writeFilms } from './films.ts'
import { type ZipEntry, zipOf } from './zipFile.ts'

const root = mkdtempSync(join(tmpdir(), 'pneumoscope-zip-'))
const store = openStore(openLibraryFolder(join(root, 'library')), 'test')
const library = { store, engine: localClient(engineContract, engineHandlers()) }
const job = () => ({ signal: new AbortController().signal, report: () => undefined })
let films: ZipEntry[] = []

beforeAll(async () => {
  const written = await writeFilms(join(root, 'films'), 8)
  films = written.map(({ path }) => ({
    name: path.slice(root.length + 1),
    content: readFileSync(path),
  }))
}, 60_000)
afterAll(() => {
  store.close()
  rmSync(root, { recursive: true, force: true })
})

function write(name: string, entries: readonly ZipEntry[]): string {
  const file = join(root, name)
  writeFileSync(file, zipOf(entries))
  return file
}

/** What became of an archive in a folder of its own. */
async function unpack(name: string, entries: readonly ZipEntry[]) {
  const folder = join(root, `${name}-unpacked`)
  mkdirSync(folder)
  const unpacked = await unpackArchives({ paths: [write(name, entries)], folder }, job())
  const reasons = unpacked.refused.map(({ reason, code }) => `${code} ${reason}`)
  return { folder: unpacked.paths[0]!, archives: folder, reasons }
}

test('an archive becomes a data set by its folders, once, and goes with the last film made of it', async () => {
  const paths = [write('Chest films.zip', films)]
  const first = await importFolder(library, { paths, name: 'One' }, job())
  expect(first.dataset).toMatchObject({ images: 8, classes: ['NORMAL', 'PNEUMONIA'], refused: 0 })
  expect(store.images.ofDataset(first.dataset.id)[0]!.path).toMatch(
    /archives[\\/][0-9a-f]{64}[\\/]Chest films[\\/]films[\\/]NORMAL[\\/]film0\.png$/,
  )
  const second = await importFolder(library, { paths, name: 'Two' }, job())
  expect(readdirSync(store.folder.archives)).toHaveLength(1)
  await deleteDataset({ store }, first.dataset.id)
  expect(existsSync(store.images.ofDataset(second.dataset.id)[0]!.path)).toBe(true)
  await deleteDataset({ store }, second.dataset.id)
  expect(readdirSync(store.folder.archives)).toEqual([])
}, 60_000)

test('films of an archive open in Review', async () => {
  const { opened, refused } = await openFilms(library, { paths: [write('r.zip', films)] }, job())
  expect([opened.length, refused]).toEqual([8, []])
}, 60_000)

test('names that lead elsewhere, links, devices and secrets are refused, each with its reason, and the rest is taken', async () => {
  const bad: [ZipEntry, string][] = [
    [{ name: '../outside.png' }, 'NOT_PERMITTED "../outside.png": a path that leaves'],
    [{ name: 'a/../../b.png' }, 'NOT_PERMITTED "a/../../b.png": a path that leaves'],
    [{ name: '..\\outside.png' }, 'NOT_PERMITTED "..\\\\outside.png": a path that leaves'],
    [{ name: '/etc/cron.d/x' }, 'NOT_PERMITTED "/etc/cron.d/x": an absolute path'],
    [
      { name: '\\\\host\\share\\x' },
      'NOT_PERMITTED "\\\\\\\\host\\\\share\\\\x": an absolute path',
    ],
    [{ name: 'C:\\x.png' }, 'NOT_PERMITTED "C:\\\\x.png": an absolute path'],
    [{ name: 'a\u0000.png' }, 'NOT_PERMITTED "a\\u0000.png": a name with characters'],
    [{ name: 'a.png:stream' }, 'NOT_PERMITTED "a.png:stream": a name with characters'],
    [{ name: 'con.png' }, 'NOT_PERMITTED "con.png": a name that Windows keeps'],
    [{ name: 'dot.' }, 'NOT_PERMITTED "dot.": a name that Windows keeps'],
    [{ name: `${'n'.repeat(300)}.png` }, `NOT_PERMITTED "${'n'.repeat(300)}.png": a name that is too long`], // prettier-ignore
    [{ name: 'link.png', mode: 0o120777, content: '/etc/passwd' }, 'NOT_PERMITTED "link.png": a link'], // prettier-ignore
    [{ name: 'fifo', mode: 0o010644 }, 'NOT_PERMITTED "fifo": no file but a device'],
    [{ name: 'secret.png', flags: 0x801, content: 'x' }, 'NOT_PERMITTED "secret.png": encrypted'],
    [{ name: 'lzma.png', method: 14, content: 'x' }, 'UNSUPPORTED "lzma.png": compressed by method 14'], // prettier-ignore
    [{ name: 'FILMS/normal/FILM0.png', content: 'x' }, 'CONFLICT "FILMS/normal/FILM0.png": in the archive twice'], // prettier-ignore
    [{ name: 'films/NORMAL/film0.png/x', content: 'x' }, 'CONFLICT "films/NORMAL/film0.png/x": a file and a folder'], // prettier-ignore
    [{ name: 'short.png', content: 'abc', bytes: 9 }, 'DAMAGED "short.png": damaged (it unpacks to less'], // prettier-ignore
    [{ name: 'long.png', content: 'abc', bytes: 2 }, 'DAMAGED "long.png": damaged (it unpacks to more'], // prettier-ignore
    [{ name: 'sum.png', content: 'abc', crc: 1 }, 'DAMAGED "sum.png": damaged (its checksum'],
  ]
  const junk = [{ name: '__MACOSX/._film0.png', content: 'x' }, { name: 'films/' }]
  const entries = [...films, ...bad.map(([entry]) => entry), ...junk]
  const { folder, archives, reasons } = await unpack('hostile.zip', entries)
  for (const [at, [, reason]] of bad.entries()) expect(reasons[at]).toContain(reason)
  expect(reasons).toHaveLength(bad.length)
  expect(readdirSync(folder)).toEqual(['films'])
  for (const { name, content } of films) expect(readFileSync(join(folder, name))).toEqual(content)
  // Nothing lies beside them, half-written or not.
  expect(readdirSync(archives)).toHaveLength(1)
  expect(readdirSync(join(folder, '..'))).toEqual(['hostile'])
})

test('a bomb is refused by what it announces, or as soon as it unpacks to more than that', async () => {
  const zeros = Buffer.alloc(8 * 2 ** 20)
  const { folder, reasons } = await unpack('bombs.zip', [
    { name: 'ratio.bmp', content: zeros },
    { name: 'lying.bmp', content: zeros, bytes: 1000 },
    { name: 'huge.bmp', content: 'x', bytes: 600 * 2 ** 20 },
  ])
  expect(reasons.map((reason) => reason.split(';')[0]!.slice(0, 45))).toEqual([
    'TOO_LARGE "ratio.bmp": unpacks to more than 2',
    'TOO_LARGE "huge.bmp": 629145600 bytes',
    'DAMAGED "lying.bmp": damaged (it unpacks to m',
  ])
  expect(readdirSync(folder)).toEqual([])
})

test('an archive whose entries share their bytes, or that is cut off, is refused as a whole', async () => {
  const shared = [
    { name: 'a.bmp', content: 'abc' },
    { name: 'b.bmp', content: 'abc', offset: 0 },
  ]
  await expect(unpack('shared.zip', shared)).rejects.toMatchObject({
    code: 'TOO_LARGE',
    message: expect.stringContaining('"b.bmp" shares its bytes with another entry') as string,
  })
  const cut = write('cut.zip', films)
  truncateSync(cut, 500)
  const folder = join(root, 'cut-unpacked')
  await expect(unpackArchives({ paths: [cut], folder }, job())).rejects.toMatchObject({
    code: 'DAMAGED',
    message: expect.stringContaining('cut.zip: no whole zip archive') as string,
  })
})

test('unpacking that was stopped goes on where it stood, and what was damaged meanwhile is written anew', async () => {
  const folder = join(root, 'stopped')
  mkdirSync(folder)
  const paths = [write('stopped.zip', films)]
  const stop = new AbortController()
  const stopping = { signal: stop.signal, report: () => stop.abort() }
  await expect(unpackArchives({ paths, folder }, stopping)).rejects.toMatchObject({
    code: 'CANCELLED',
  })
  const [part] = readdirSync(folder)
  expect(part).toMatch(/^[0-9a-f]{64}\.part$/)
  const first = join(folder, part!, 'stopped', films[0]!.name)
  expect(readFileSync(first)).toEqual(films[0]!.content)
  writeFileSync(first, Buffer.alloc(films[0]!.content!.length))
  const { paths: unpacked } = await unpackArchives({ paths, folder }, job())
  expect(readdirSync(folder)).toEqual([part!.replace('.part', '')])
  for (const { name, content } of films) {
    expect(readFileSync(join(unpacked[0]!, name))).toEqual(content)
  }
})
