import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import facts from '../../../tests/fixtures/imageFacts.json' with { type: 'json' }
import { tensorflow } from '../tensorflow.ts'
import { crc32 } from './crc32.ts'
import { decodeRaster, readRaster } from './readRaster.ts'

const fixtures = join('tests', 'fixtures', 'images')
const fixture = (name: string) => readFile(join(fixtures, name))

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raster-'))
})
afterAll(() => rm(folder, { recursive: true }))

const refusedOnPurpose = ['palette.bmp', 'animated.gif', 'animated.webp', 'severalPages.tif']
// Pillow and libwebp differ by rounding in lossy WebP.
const lossy = ['lossy.webp']

test.each(Object.entries(facts).filter(([name]) => !refusedOnPurpose.includes(name)))(
  '%s reads as Pillow reads it',
  async (name, expected) => {
    const raster = await readRaster(join(fixtures, name))
    const { rows, columns, storedSamplesPerPixel, samplesPerPixel, samples } = raster
    const isGif = name.endsWith('.gif')
    expect([rows, columns]).toEqual([expected.rows, expected.columns])
    if (!isGif) expect(storedSamplesPerPixel).toBe(expected.samples)
    // Three equal channels were read as one, so each counts three times in Pillow's figures.
    const repeats = expected.samples / samplesPerPixel
    const values = Array.from(samples).flatMap((v) => Array.from({ length: repeats }, () => v))
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const moment = values.reduce((sum, value, at) => sum + value * at, 0) / values.length
    const digits = lossy.includes(name) ? -1 : 6
    expect(mean).toBeCloseTo(expected.mean, digits)
    if (lossy.includes(name)) return
    expect(moment).toBeCloseTo(expected.moment, 5)
    expect([Math.min(...values), Math.max(...values)]).toEqual([expected.min, expected.max])
  },
)

test('bits, colour and equal channels are told as the file has them', async () => {
  const told = async (name: string) => {
    const raster = await readRaster(join(fixtures, name))
    return [raster.bitsStored, raster.photometric, raster.samplesPerPixel, raster.synthetic]
  }
  expect(await told('deep.png')).toEqual([16, 'MONOCHROME2', 1, false])
  expect(await told('deep.tif')).toEqual([16, 'MONOCHROME2', 1, false])
  expect(await told('oneBit.png')).toEqual([1, 'MONOCHROME2', 1, false])
  expect(await told('greyAsRgb.jpg')).toEqual([8, 'RGB', 1, false])
  expect(await told('palette.png')).toEqual([8, 'PALETTE COLOR', 3, false])
  expect(await told('commented.jpg')).toEqual([8, 'MONOCHROME2', 1, true])
})

test.each([
  'grey.jpg',
  'colour.jpg',
  'progressive.jpg',
  'restart.jpg',
  'grey.png',
  'deep.png',
  'colour.bmp',
  'grey.gif',
  'colour.webp',
  'lossy.webp',
  'colour.tif',
  'deep.tif',
])('%s is refused wherever it is cut, never filled up', async (name) => {
  const bytes = await fixture(name)
  const step = Math.max(1, Math.floor(bytes.length / 400))
  const tensors = tensorflow().memory().numTensors
  for (let cut = bytes.length - 1; cut > 0; cut -= cut > bytes.length - 8 ? 1 : step) {
    await expect(decodeRaster(bytes.subarray(0, cut)), `cut at ${cut}`).rejects.toMatchObject({
      name: 'AppError',
      code: expect.stringMatching(/TRUNCATED|DAMAGED|UNSUPPORTED/) as unknown,
    })
  }
  expect(tensorflow().memory().numTensors).toBe(tensors)
})

test.each(refusedOnPurpose)('%s is refused with a remedy', async (name) => {
  await expect(readRaster(join(fixtures, name))).rejects.toMatchObject({ code: 'UNSUPPORTED' })
})

test('a changed byte in a PNG is noticed by its check sum', async () => {
  for (const name of ['grey.png', 'deep.png']) {
    const bytes = await fixture(name)
    for (let at = 20; at < bytes.length - 4; at += 37) {
      const changed = Uint8Array.from(bytes)
      changed[at] = changed[at]! ^ 0x10
      await expect(decodeRaster(changed), `byte ${at}`).rejects.toMatchObject({ name: 'AppError' })
    }
  }
})

const chunk = (type: string, data: Uint8Array) => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(body.length + 8)
  frame.writeUInt32BE(data.length, 0)
  frame.set(body, 4)
  frame.writeUInt32BE(crc32(body, 0, body.length), body.length + 4)
  return frame
}
const png = (
  columns: number,
  rows: number,
  bits: number,
  interlaced: boolean,
  data: Uint8Array,
) => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(columns, 0)
  header.writeUInt32BE(rows, 4)
  header.set([bits, 0, 0, 0, interlaced ? 1 : 0], 8)
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const parts = [chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([mark, ...parts])
}

test('a bomb is refused by its header, before anything is unpacked', async () => {
  const bomb = png(60_000, 60_000, 16, false, deflateSync(Buffer.alloc(2 ** 24)))
  const before = process.memoryUsage().rss
  await expect(decodeRaster(bomb)).rejects.toMatchObject({ code: 'TOO_LARGE' })
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20)
  // More pixels than the header tells are never unpacked.
  const overfull = png(2, 2, 16, false, deflateSync(Buffer.alloc(2 ** 26)))
  await expect(decodeRaster(overfull)).rejects.toMatchObject({ code: 'DAMAGED' })
  const empty = png(0, 5, 16, false, deflateSync(Buffer.alloc(1)))
  await expect(decodeRaster(empty)).rejects.toMatchObject({ code: 'DAMAGED' })
})

test('an interlaced PNG of 16 bits is put together from its seven passes', async () => {
  // 3 × 2 pixels: pass 1 holds (0,0), pass 5 nothing, pass 4 (2,0), pass 6 (1,0), pass 7 the second row.
  const line = (...values: number[]) => [0, ...values.flatMap((value) => [value >> 8, value & 255])]
  const data = Buffer.from([...line(1000), ...line(3000), ...line(2000), ...line(4, 5, 6)])
  const { samples } = await decodeRaster(png(3, 2, 16, true, deflateSync(data)))
  expect([...samples]).toEqual([1000, 2000, 3000, 4, 5, 6])
})

test('what is no film is refused by its content, naming file, reason and remedy', async () => {
  const path = join(folder, 'film.jpg')
  const refusal = async (content: Uint8Array | string) => {
    await writeFile(path, content)
    return readRaster(path).then(
      () => 'read',
      (cause: unknown) => (cause instanceof Error ? cause.message : ''),
    )
  }
  expect(await refusal('')).toBe(
    `${path}: the file is empty (cut off while it was copied?): copy the file again`,
  )
  expect(await refusal('words')).toMatch(/^.*film\.jpg: no picture .*convert it$/)
  const dicom = Buffer.alloc(200)
  dicom.write('DICM', 128, 'latin1')
  expect(await refusal(dicom)).toContain('the DICOM file holds no picture')
  await expect(readRaster(join(folder, 'gone'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(readRaster(folder)).rejects.toMatchObject({ code: 'UNSUPPORTED' })
})
