import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { testRun } from '../../shared/domain/testing/testRun.ts'
import { ModelSpec } from '../../shared/domain/modelSpec.ts'
import type { NamedArray } from '../graph/network.ts'
import { encodeGreyJpeg } from '../images/encodeJpeg.ts'
import { readRaster } from '../images/readRaster.ts'
import { savePackage } from '../models/package.ts'
import { tensorflow } from '../tensorflow.ts'
import { lookInside } from './lookInside.ts'
import { greys } from './pictures.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pneumoscope-inside-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const side = 16
const spec = ModelSpec.parse({
  name: 'edges',
  input: { height: side, width: side, channels: 1 },
  classes: 2,
  layers: [
    { type: 'conv2d', filters: 2, padding: 'same', useBias: false, name: 'conv' },
    { type: 'globalAveragePool', name: 'mean' },
    { type: 'dense', units: 1, activation: 'sigmoid', name: 'head' },
  ],
  loss: { kind: 'binaryCrossentropy' },
  optimiser: { kind: 'adam' },
})
/** Filter 0 is the film itself; filter 1 is what stands to the right less what stands to the left. */
const kernel = Float32Array.from({ length: 18 }, (_, at) => {
  const [place, filter] = [Math.floor(at / 2), at % 2]
  if (filter === 0) return place === 4 ? 1 : 0
  return place === 5 ? 1 : place === 3 ? -1 : 0
})
const weights: NamedArray[] = [
  { name: 'conv/kernel', shape: [3, 3, 1, 2], values: kernel },
  { name: 'head/kernel', shape: [2, 1], values: Float32Array.of(1, 0) },
  { name: 'head/bias', shape: [1], values: Float32Array.of(0) },
]

async function model(): Promise<string> {
  const { settings } = testRun()
  const target = join(folder, 'model')
  await savePackage(
    target,
    {
      ...{ name: 'Edges', createdAt: '2026-01-01T00:00:00Z', spec, classes: ['a', 'b'] },
      ...{ preprocessing: settings.preprocessing, threshold: 0.5 },
      card: {
        ...{ trainedOn: 'Films', films: { train: 1, validation: 1, test: 0 }, settings },
        ...{ bestEpoch: 1, epochs: [], validation: null, test: null },
        ...{ synthetic: true, software: {} },
      },
    },
    weights,
  )
  return target
}

/** A film that is dark on its left half and light on its right. */
async function film(): Promise<string> {
  const pixels = Uint8Array.from({ length: side * side }, (_, at) =>
    at % side < side / 2 ? 40 : 200,
  )
  const path = join(folder, 'film.jpg')
  writeFileSync(path, await encodeGreyJpeg(pixels, { rows: side, columns: side }, 100))
  return path
}

/** Grey values of a JPEG at its centres of 4 × 4 blocks, as each pixel of 16 × 16 was made four times as large. */
async function decoded(jpeg: Uint8Array, times: number) {
  const path = join(folder, `${Math.random()}.jpg`)
  writeFileSync(path, jpeg)
  const raster = await readRaster(path)
  const at = (row: number, column: number) =>
    raster.samples[(row * times + 1) * raster.columns + column * times + 1]!
  return { rows: raster.rows, columns: raster.columns, at }
}

test('a feature map is what the filter makes of the film: itself, or its edge', async () => {
  const before = tensorflow().memory().numTensors
  const modelFolder = await model()
  const look = { kind: 'maps', layer: 'conv', first: 0 } as const
  const { jpegs, channels } = await lookInside({ modelFolder, look, path: await film() })
  expect(channels).toBe(2)
  const itself = await decoded(jpegs[0]!, 4)
  expect([itself.rows, itself.columns]).toEqual([64, 64])
  expect(itself.at(8, 2)).toBeLessThan(20)
  expect(itself.at(8, 13)).toBeGreaterThan(235)
  const edge = await decoded(jpegs[1]!, 4)
  // Between dark and light the difference is largest; within either half it is none.
  expect(edge.at(8, 7)).toBeGreaterThan(edge.at(8, 3) + 60)
  expect(Math.abs(edge.at(8, 3) - edge.at(8, 12))).toBeLessThan(12)
  expect(tensorflow().memory().numTensors).toBe(before)
})

test('filters are shown as they are, and what has none is refused by name', async () => {
  const modelFolder = await model()
  const { jpegs } = await lookInside({
    modelFolder,
    look: { kind: 'filters', layer: 'conv', first: 1 },
  })
  expect(jpegs).toHaveLength(1)
  const times = 22
  const drawn = await decoded(jpegs[0]!, times)
  expect([drawn.rows, drawn.columns]).toEqual([66, 66])
  expect(drawn.at(1, 0)).toBeLessThan(20)
  expect(drawn.at(1, 2)).toBeGreaterThan(235)
  await expect(
    lookInside({ modelFolder, look: { kind: 'filters', layer: 'mean', first: 0 } }),
  ).rejects.toMatchObject({ code: 'BAD_INPUT' })
  await expect(
    lookInside({ modelFolder, look: { kind: 'filters', layer: 'none', first: 0 } }),
  ).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('conv, mean, head') as unknown,
  })
})

test('what excites an edge filter most is light on the right and dark on the left', async () => {
  const before = tensorflow().memory().numTensors
  const modelFolder = await model()
  const { jpegs, channels } = await lookInside({
    modelFolder,
    look: { kind: 'maximise', layer: 'conv', first: 1, seed: 3 },
  })
  expect(channels).toBe(2)
  // Summed over the film, inner pixels cancel: the last column but one adds, the first ones take away.
  const picture = await decoded(jpegs[0]!, 4)
  const mean = (column: number) =>
    [2, 5, 8, 11].reduce((sum, row) => sum + picture.at(row, column), 0) / 4
  expect(mean(15)).toBeGreaterThan(mean(0) + 100)
  expect(tensorflow().memory().numTensors).toBe(before)
})

test('a plane is drawn from its lowest to its highest value, and one value as black', () => {
  expect([...greys({ rows: 1, columns: 3, values: [-1, 0, 1] })]).toEqual([0, 128, 255])
  expect([...greys({ rows: 1, columns: 2, values: [5, 5] })]).toEqual([0, 0])
})
