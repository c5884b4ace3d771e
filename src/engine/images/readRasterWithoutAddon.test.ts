import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import facts from '../../../tests/fixtures/imageFacts.json' with { type: 'json' }
import { encodeGreyJpeg } from './encodeJpeg.ts'
import { decodeRaster, readRaster } from './readRaster.ts'
import { thumbnail } from './thumbnail.ts'

process.env['PNEUMOSCOPE_BACKEND'] = 'wasm'

const fixtures = join('tests', 'fixtures', 'images')
const fixture = (name: string) => readFile(join(fixtures, name))
const refusedOnPurpose = ['palette.bmp', 'animated.webp', 'severalPages.tif']
const isJpeg = (name: string) => name.endsWith('.jpg')
const isGif = (name: string) => name.endsWith('.gif')

const readable = Object.entries(facts).filter(
  ([name]) => !refusedOnPurpose.includes(name) && !isGif(name) && name !== 'lossy.webp',
)
test.each(readable)('%s reads as Pillow reads it, JPEG to a grey level', async (name, expected) => {
  const { rows, columns, storedSamplesPerPixel, samplesPerPixel, samples } = await readRaster(
    join(fixtures, name),
  )
  expect([rows, columns, storedSamplesPerPixel]).toEqual([
    expected.rows,
    expected.columns,
    expected.samples,
  ])
  const repeats = expected.samples / samplesPerPixel
  const values = Array.from(samples).flatMap((v) => Array.from({ length: repeats }, () => v))
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const within = isJpeg(name) ? 1 : 1e-6
  expect(Math.abs(mean - expected.mean)).toBeLessThan(within)
  expect(Math.abs(Math.min(...values) - expected.min)).toBeLessThanOrEqual(2 * within)
  expect(Math.abs(Math.max(...values) - expected.max)).toBeLessThanOrEqual(2 * within)
})

test.each(['grey.jpg', 'colour.jpg', 'progressive.jpg', 'restart.jpg', 'grey.png', 'colour.bmp'])(
  '%s is refused wherever it is cut, never filled up',
  async (name) => {
    const bytes = await fixture(name)
    const step = Math.max(1, Math.floor(bytes.length / 200))
    for (let cut = bytes.length - 1; cut > 0; cut -= cut > bytes.length - 8 ? 1 : step) {
      await expect(decodeRaster(bytes.subarray(0, cut)), `cut at ${cut}`).rejects.toMatchObject({
        name: 'AppError',
        code: expect.stringMatching(/TRUNCATED|DAMAGED|UNSUPPORTED/) as unknown,
      })
    }
  },
)

test('what cannot be read without TensorFlow says so', async () => {
  await expect(readRaster(join(fixtures, 'grey.gif'))).rejects.toMatchObject({
    code: 'UNSUPPORTED',
    message: expect.stringMatching(
      /GIF cannot be read here without TensorFlow's .* save/,
    ) as unknown,
  })
})

test('a film written as JPEG comes back within two grey levels, as grey', async () => {
  const [rows, columns] = [16, 24]
  const pixels = Uint8Array.from({ length: rows * columns }, (_, at) => 40 + 5 * (at % columns))
  const raster = await decodeRaster(await encodeGreyJpeg(pixels, { rows, columns }, 100))
  expect([raster.rows, raster.columns, raster.samplesPerPixel]).toEqual([rows, columns, 1])
  expect(Math.max(...raster.samples.map((v, at) => Math.abs(v - pixels[at]!)))).toBeLessThanOrEqual(
    2,
  )
})

test('a thumbnail is a JPEG of its own', async () => {
  const bytes = await fixture('grey.png')
  const small = await decodeRaster(await thumbnail({ raster: await decodeRaster(bytes), bytes }))
  expect([small.format, small.rows, small.columns]).toEqual(['jpeg', 24, 33])
})
