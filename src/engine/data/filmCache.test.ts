import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readRaster } from '../images/readRaster.ts'
import { batchesOf } from './batches.ts'
import { openFilmCache, type FilmCache, type FilmCacheOrder } from './filmCache.ts'

const fixture = (name: string) => join('tests', 'fixtures', 'images', name)
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cache-'))
})
afterEach(() => rm(folder, { recursive: true }))

const quiet = { signal: new AbortController().signal, report: () => undefined }
/** The size of the fixtures, so that pixels come through unchanged. */
const size = { rows: 24, columns: 33, channels: 3, resize: 'bilinear' } as const
const greys = [fixture('grey.png'), fixture('grey.jpg'), fixture('grey.bmp')]
const order = (paths: readonly string[]) => ({ ...size, paths, folder })
const open: FilmCache[] = []
async function opened(asked: FilmCacheOrder): Promise<FilmCache> {
  const cache = await openFilmCache(asked, quiet)
  open.push(cache)
  return cache
}
afterEach(() => Promise.all(open.splice(0).map((cache) => cache.close())))
const cacheFile = async () =>
  join(
    folder,
    (await readdir(folder)).find((n) => n.endsWith('.bin'))!,
  )

test('films come back by position as they were decoded, grey in one channel', async () => {
  const cache = await opened(order(greys))
  const { samples } = await readRaster(fixture('grey.jpg'))
  const batch = await cache.read([1, 0])
  expect([batch.count, batch.channels, cache.synthetic]).toEqual([2, 1, false])
  expect(batch.pixels.subarray(0, 24 * 33)).toEqual(samples)
})

test('films whose black and white are exchanged have a file of their own', async () => {
  const asTheyAre = await (await opened(order(greys))).read([0, 1])
  const turned = await (await opened({ ...order(greys), turned: [greys[1]!] })).read([0, 1])
  const film = 24 * 33
  expect(turned.pixels.subarray(0, film)).toEqual(asTheyAre.pixels.subarray(0, film))
  const exchanged = asTheyAre.pixels.subarray(film).map((value) => 255 - value)
  expect(turned.pixels.subarray(film)).toEqual(exchanged)
  expect((await readdir(folder)).filter((name) => name.endsWith('.bin'))).toHaveLength(2)
})

test('one colour film makes all films colour, where the network takes colour', async () => {
  const paths = [fixture('grey.png'), fixture('colour.png')]
  const cache = await opened(order(paths))
  expect(cache.channels).toBe(3)
  const { pixels } = await cache.read([0])
  expect(pixels[3]).toBe(pixels[5])
  expect((await opened({ ...order(paths), channels: 1 })).channels).toBe(1)
})

test('a film that cannot be read is listed, and the others are read', async () => {
  await writeFile(join(folder, 'cut.jpg'), (await readFile(fixture('grey.jpg'))).subarray(0, 200))
  const cache = await opened(
    order([join(folder, 'cut.jpg'), join(folder, 'gone.jpg'), fixture('commented.jpg')]),
  )
  expect(cache.refused.map(({ position, code }) => [position, code])).toEqual([
    [0, 'TRUNCATED'],
    [1, 'NOT_FOUND'],
  ])
  expect(cache.synthetic).toBe(true)
})

test('a second run takes the file as it is; a changed film makes another one', async () => {
  await copyFile(fixture('grey.png'), join(folder, 'a.png'))
  const paths = [join(folder, 'a.png')]
  await opened(order(paths))
  const path = await cacheFile()
  const { mtimeMs } = await stat(path)
  await opened(order(paths))
  expect((await stat(path)).mtimeMs).toBe(mtimeMs)
  await copyFile(fixture('deep.png'), join(folder, 'a.png'))
  await opened(order(paths))
  expect((await readdir(folder)).filter((name) => name.endsWith('.bin'))).toHaveLength(2)
})

test('a cut or changed cache file is noticed and built again', async () => {
  await opened(order(greys))
  const path = await cacheFile()
  const whole = await readFile(path)
  const changed = Uint8Array.from(whole)
  changed[100] = changed[100]! ^ 1
  for (const bad of [whole.subarray(0, 1000), whole.subarray(0, -1), changed, new Uint8Array()]) {
    await writeFile(path, bad)
    await opened(order(greys))
    expect((await readFile(path)).equals(whole)).toBe(true)
  }
})

test('films are read in the order that is asked for, each as often as it is', async () => {
  const cache = await opened(order(greys))
  const one = async (position: number) => (await cache.read([position])).pixels
  const [first, last] = [await one(0), await one(2)]
  expect((await cache.read([2, 0, 2])).pixels).toEqual(Uint8Array.of(...last, ...first, ...last))
})

test('a cancelled build leaves nothing behind', async () => {
  const controller = new AbortController()
  controller.abort()
  const building = openFilmCache(order(greys), { ...quiet, signal: controller.signal })
  await expect(building).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(await readdir(folder)).toEqual([])
})

test('batches follow the positions, the last one smaller, and the next is read ahead', async () => {
  const asked: number[][] = []
  const source = {
    read: (positions: ArrayLike<number>) => {
      asked.push(Array.from(positions))
      return Promise.resolve({
        count: positions.length,
        channels: 1 as const,
        pixels: new Uint8Array(),
      })
    },
  }
  const seen: (readonly number[])[] = []
  for await (const { positions } of batchesOf(source, [4, 2, 0, 1, 3], 2)) {
    seen.push(positions)
    if (seen.length === 1)
      expect(asked).toEqual([
        [4, 2],
        [0, 1],
      ])
  }
  expect(seen).toEqual([[4, 2], [0, 1], [3]])
})
