import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FilmReading, Inspection } from '../../shared/contracts/engineAreas/films.ts'
import { halved } from '../../shared/halved.ts'
import { dicomFile, imageElements } from './dicom/testing/writeDicom.ts'
import { toEightBits } from './eightBits.ts'
import { inspectFiles } from './inspectFiles.ts'
import type { Raster } from './raster.ts'
import { readFilms } from './readFilms.ts'
import { decodeRaster, readRaster } from './readRaster.ts'
import { renderFilm } from './renderFilm.ts'
import { tensorflow } from '../tensorflow.ts'
import { resizeBilinear } from './resize.ts'
import { blockMeans, thumbnail } from './thumbnail.ts'

const fixture = (name: string) => join('tests', 'fixtures', 'images', name)
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'films-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function read(paths: string[]) {
  const readings: FilmReading[] = []
  const counts = await readFilms(
    { paths, thumbnailFolder: join(folder, 'thumbnails') },
    {
      signal: new AbortController().signal,
      report: (progress) => readings.push(...progress.readings),
    },
  )
  return { counts, readings }
}

test('each film is read or refused with a reason, and refusals end nothing', async () => {
  await writeFile(join(folder, 'cut.jpg'), (await readFile(fixture('grey.jpg'))).subarray(0, 300))
  const { counts, readings } = await read([fixture('grey.png'), join(folder, 'cut.jpg')])
  expect(counts).toEqual({ read: 1, refused: 1 })
  expect(readings).toContainEqual(
    expect.objectContaining({
      kind: 'refused',
      refusal: expect.objectContaining({
        path: join(folder, 'cut.jpg'),
        code: 'TRUNCATED',
      }) as unknown,
    }),
  )
})

test('where a person waits, the first film comes as it is seen before anything is told of it', async () => {
  const file = join(folder, 'large.dcm')
  const pixels = new Uint8Array(2 * 1200 * 1000)
  const size = { rows: 1200, columns: 1000, bitsAllocated: 16 }
  const elements = imageElements(size, [0x7fe0_0010, 'OW', pixels])
  await writeFile(file, dicomFile('1.2.840.10008.1.2.1', elements))
  const told: string[] = []
  const looks: (number | undefined)[] = []
  await readFilms(
    {
      paths: [file],
      thumbnailFolder: join(folder, 'thumbnails'),
      pane: { width: 500, height: 600 },
    },
    {
      signal: new AbortController().signal,
      report: ({ look, readings }) => {
        told.push(look ? 'look' : 'readings', ...readings.map(({ kind }) => kind))
        if (look) looks.push(look.halvings, look.samples.length)
      },
    },
  )
  expect(told).toEqual(['look', 'readings', 'read'])
  expect(looks).toEqual([1, 500 * 600 * 2])
})

test('a film that cannot be looked at is refused as ever', async () => {
  await writeFile(join(folder, 'cut.jpg'), (await readFile(fixture('grey.jpg'))).subarray(0, 300))
  const told: unknown[] = []
  const counts = await readFilms(
    { paths: [join(folder, 'cut.jpg')], thumbnailFolder: folder, pane: { width: 9, height: 9 } },
    { signal: new AbortController().signal, report: ({ look }) => void told.push(look) },
  )
  expect([counts, told]).toEqual([{ read: 0, refused: 1 }, [undefined]])
})

test('equal pixels have equal hashes and share a thumbnail, in whatever wrapping', async () => {
  await copyFile(fixture('grey.png'), join(folder, 'again.png'))
  const names = ['grey.png', 'grey.bmp', 'grey.gif', 'grey.tif'].map(fixture)
  const { readings } = await read([...names, join(folder, 'again.png')])
  const hashes = readings.map((reading) =>
    reading.kind === 'read' ? [reading.facts.pixelHash, reading.thumbnail] : [],
  )
  expect(new Set(hashes.map(([hash]) => hash)).size).toBe(1)
  const [thumbnailName] = await readdir(join(folder, 'thumbnails'))
  expect(hashes.every(([, name]) => name === thumbnailName)).toBe(true)
})

test('a cancelled reading ends, and leaves no half-written thumbnail', async () => {
  const controller = new AbortController()
  const paths = Array.from({ length: 500 }, () => fixture('deep.png'))
  const reading = readFilms(
    { paths, thumbnailFolder: folder },
    { signal: controller.signal, report: () => controller.abort() },
  )
  await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' })
  expect((await readdir(folder)).filter((name) => name.endsWith('.new'))).toEqual([])
})

test('a large film gets a thumbnail of 256 pixels, a small JPEG film is its own', async () => {
  const raster: Raster = {
    format: 'png',
    rows: 600,
    columns: 1000,
    frames: 1,
    storedSamplesPerPixel: 1,
    samplesPerPixel: 1,
    bitsStored: 16,
    photometric: 'MONOCHROME2',
    samples: new Uint16Array(600_000).fill(30_000),
    synthetic: false,
  }
  const small = await decodeRaster(await thumbnail({ raster, bytes: new Uint8Array() }))
  expect([small.format, small.rows, small.columns]).toEqual(['jpeg', 154, 256])
  // 30,000 needs 16 bits: 30,000 × 255 / 65,535 = 116.7 … as a 16-bit film; it is below 2^15.
  expect(small.samples[0]).toBe(117)
  const bytes = await readFile(fixture('grey.jpg'))
  expect(await thumbnail({ raster: await readRaster(fixture('grey.jpg')), bytes })).toBe(bytes)
})

test('block means round and leave out what fills no block', () => {
  const { pixels, size } = blockMeans(
    Uint8Array.of(1, 2, 9, 3, 4, 9, 7, 7, 7),
    { rows: 3, columns: 3 },
    2,
  )
  expect([[...pixels], size]).toEqual([[3], { rows: 1, columns: 1 }])
})

test('bilinear halves of half-pixel centres are means of neighbours', () => {
  // Output centre 0.5 × 2 = 1.0 lies between the input centres 0.5 and 1.5.
  const half = resizeBilinear(
    Uint8Array.of(10, 20, 30, 50),
    { rows: 1, columns: 4 },
    { rows: 1, columns: 2 },
    1,
  )
  expect([...half]).toEqual([15, 40])
  const double = resizeBilinear(
    Uint8Array.of(0, 100),
    { rows: 1, columns: 2 },
    { rows: 1, columns: 4 },
    1,
  )
  expect([...double]).toEqual([0, 25, 75, 100])
})

test.each([
  [24, 33, 1],
  [500, 413, 1],
  [224, 224, 3],
] as const)(
  '%i × %i pixels, %i channels: TensorFlow resizes to the same',
  (rows, columns, channels) => {
    const tf = tensorflow()
    const pixels = Uint8Array.from(
      { length: rows * columns * channels },
      (_, at) => (at * 7919) % 256,
    )
    for (const to of [
      { rows: 200, columns: 200 },
      { rows: 28, columns: 61 },
    ]) {
      const expected = tf.tidy(() =>
        tf.image
          .resizeBilinear(
            tf.tensor4d(pixels, [1, rows, columns, channels], 'int32'),
            [to.rows, to.columns],
            false,
            true,
          )
          .dataSync(),
      )
      const found = resizeBilinear(pixels, { rows, columns }, to, channels)
      const furthest = found.reduce(
        (most, value, at) => Math.max(most, Math.abs(value - expected[at]!)),
        0,
      )
      // TensorFlow's figures are before rounding; at one half either neighbour is right.
      expect(furthest).toBeLessThan(0.51)
    }
  },
)

test('a 12-bit film in a 16-bit file is as bright as with 8 bits; colour becomes luminance', async () => {
  const eight = toEightBits(await readRaster(fixture('grey.png')), 1)
  const twelve = toEightBits(await readRaster(fixture('twelveInSixteen.png')), 1)
  // 16 × 255 / 4095 = 0.996 of the 8-bit value.
  eight.forEach((value, at) => expect(Math.abs(value - twelve[at]!)).toBeLessThanOrEqual(1))
  const red = { ...(await readRaster(fixture('colour.png'))), rows: 1, columns: 1 }
  expect([...toEightBits({ ...red, samples: Uint8Array.of(255, 0, 0) }, 1)]).toEqual([76])
})

test('the viewer gets stored samples, at 16 bits in little-endian pairs', async () => {
  const film = await renderFilm({ path: fixture('deep.png') })
  const { samples } = await readRaster(fixture('deep.png'))
  expect([film.sampleType, film.samples.length]).toEqual(['uint16', 24 * 33 * 2])
  expect(film.samples[0]! + 256 * film.samples[1]!).toBe(samples[0])
  expect(film.windows).toMatchObject([{ width: film.maximum - film.minimum }])
  const grey = await renderFilm({ path: fixture('colour.png') })
  expect([grey.sampleType, grey.windows]).toMatchObject(['uint8', [{ centre: 127.5, width: 255 }]])
})

test('a first look holds the means of two by two pixels, and says of the film what all of them say', async () => {
  const path = fixture('deep.png')
  const [first, film] = [await renderFilm({ path, halvings: 1 }), await renderFilm({ path })]
  const { samples: whole, ...said } = film
  expect(first).toEqual({ ...said, halvings: 1, samples: expect.any(Uint8Array) as unknown })
  const numbers = new Uint16Array(whole.buffer, whole.byteOffset, 24 * 33)
  const [columns, rows] = [film.columns, film.rows]
  const level = halved({ samples: numbers, width: columns, height: rows, channels: 1 })
  expect(new Uint16Array(first.samples.buffer)).toEqual(level.samples)
})

test('pixels go out alone, not with the file that they lie in', async () => {
  const pixels = Uint8Array.from({ length: 512 * 2 }, (_, at) => at % 7)
  const size = { rows: 16, columns: 32, bitsAllocated: 16, bitsStored: 16 }
  const path = join(folder, 'film.dcm')
  await writeFile(
    path,
    dicomFile('1.2.840.10008.1.2.1', imageElements(size, [0x7fe0_0010, 'OW', pixels])),
  )
  const { samples } = await renderFilm({ path })
  expect(samples).toEqual(pixels)
  expect(samples.buffer.byteLength).toBe(1024)
})

test('a film with padding comes whole: means would darken its edge', async () => {
  const path = join(folder, 'padded.dcm')
  const size = { rows: 16, columns: 32, more: [[0x0028_0120, 'US', [0]]] } as const
  const pixels = new Uint8Array(512).fill(3)
  await writeFile(
    path,
    dicomFile('1.2.840.10008.1.2.1', imageElements(size, [0x7fe0_0010, 'OB', pixels])),
  )
  const film = await renderFilm({ path, halvings: 1 })
  expect([film.halvings, film.samples.length]).toEqual([undefined, 512])
})

test('a file that was changed since it was read last is read anew', async () => {
  const path = join(folder, 'film.png')
  await copyFile(fixture('deep.png'), path)
  const before = await renderFilm({ path })
  expect(await renderFilm({ path })).toEqual(before)
  await copyFile(fixture('colour.png'), path)
  expect((await renderFilm({ path })).sampleType).toBe('uint8')
  await rm(path)
  await expect(renderFilm({ path })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('inspection tells stored figures and refusals in order', async () => {
  const told: Inspection[] = []
  await inspectFiles(
    { paths: [fixture('deep.png'), fixture('animated.gif'), fixture('colour.jpg')] },
    { signal: new AbortController().signal, report: (inspection) => told.push(inspection) },
  )
  expect(told.map(({ kind }) => kind)).toEqual(['image', 'refused', 'image'])
  expect(told[0]).toMatchObject({
    format: 'png',
    bitsStored: 16,
    storedMax: expect.any(Number) as unknown,
  })
  expect(told[2]).toMatchObject({ samplesPerPixel: 3, photometric: 'RGB', bitsStored: 8 })
})
