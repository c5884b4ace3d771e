import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decodeWithNapi } from './decodeWithNapi.ts'
import { decodeWithTensorFlow } from './decodeWithTensorFlow.ts'
import { readJpegHeader } from './jpegHeader.ts'

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
