import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nativeAddon } from '../nativeAddon.ts'
import { decodeJpegAside } from './decodeJpegAside.ts'
import { decodeWithNapi } from './decodeWithNapi.ts'
import { decodeWithTensorFlow } from './decodeWithTensorFlow.ts'
import { readJpegHeader } from './jpegHeader.ts'
import { withoutSpareChannels } from './raster.ts'

// Decoders may round the inverse transform as they like, and colour on top of it.
test.each([
  ['grey.jpg', 1],
  ['restart.jpg', 1],
  ['commented.jpg', 1],
  ['greyAsRgb.jpg', 1],
  ['colour.jpg', 3],
  ['progressive.jpg', 3],
])('%s has the same pixels with and without TensorFlow, to %i grey levels', async (name, most) => {
  const bytes = await readFile(join('tests', 'fixtures', 'images', name))
  const natively = decodeWithTensorFlow('jpeg', bytes, readJpegHeader(bytes))
  const otherwise = await decodeWithNapi('JPEG', bytes)
  expect(otherwise.channels).toBe(natively.channels)
  expect(otherwise.samples.length).toBe(natively.samples.length)
  const gaps = Array.from(natively.samples, (v, at) => Math.abs(v - otherwise.samples[at]!))
  expect(Math.max(...gaps)).toBeLessThanOrEqual(most)
})

test.skipIf(nativeAddon() === undefined)(
  'beside the main thread TensorFlow decodes to the same pixels, and tells grey from colour',
  async () => {
    for (const [name, channels] of [
      ['grey.jpg', 1],
      ['greyAsRgb.jpg', 1],
      ['progressive.jpg', 3],
      ['colour.jpg', 3],
    ] as const) {
      const bytes = await readFile(join('tests', 'fixtures', 'images', name))
      const header = readJpegHeader(bytes)
      const aside = await decodeJpegAside(nativeAddon()!, bytes, header)
      expect(aside.channels, name).toBe(channels)
      const { samples } = withoutSpareChannels(decodeWithTensorFlow('jpeg', bytes, header))
      expect(Buffer.from(aside.samples as Uint8Array).equals(samples as Uint8Array), name).toBe(
        true,
      )
    }
  },
)

test.skipIf(nativeAddon() === undefined)('damaged data are refused beside it, too', async () => {
  const bytes = await readFile(join('tests', 'fixtures', 'images', 'colour.jpg'))
  const cut = bytes.subarray(0, Math.floor(bytes.length / 2))
  await expect(decodeJpegAside(nativeAddon()!, cut, readJpegHeader(bytes))).rejects.toThrow(
    /JPEG data cannot be decoded/,
  )
})
