import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Augmentation } from '../../shared/domain/training.ts'
import { decodeRaster } from '../images/readRaster.ts'
import { generateFilms } from '../samples/generateFilms.ts'
import { previewAugmentation } from './previewAugmentation.ts'

const input = { height: 64, width: 64, channels: 3 } as const
let folder = ''
let path = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pneumoscope-preview-'))
  const job = { signal: new AbortController().signal, report: () => undefined }
  await generateFilms({ folder: join(folder, 'films'), count: 2, seed: 1, size: 64 }, job)
  path = join(folder, 'films', 'NORMAL', 'synthetic-IM-0001-0001.jpeg')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function pixelsWith(change: Partial<Augmentation>, seed = 1): Promise<readonly number[]> {
  const augmentation = Augmentation.parse(change)
  const { jpegs } = await previewAugmentation({ paths: [path], input, augmentation, seed })
  expect(jpegs).toHaveLength(1)
  const { rows, columns, samples } = await decodeRaster(jpegs[0]!)
  expect([rows, columns]).toEqual([64, 64])
  return Array.from(samples)
}
const meanDistance = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, at) => sum + Math.abs(value - b[at]!), 0) / a.length

test('nothing switched on shows the film itself', async () => {
  const plain = await pixelsWith({})
  expect(meanDistance(plain, await pixelsWith({}, 2))).toBe(0)
})

test('a mirrored film is the film from the other side', async () => {
  const plain = await pixelsWith({})
  const mirrored = plain.map((_, at) => plain[Math.floor(at / 64) * 64 + 63 - (at % 64)]!)
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8]
  const drawn = await Promise.all(seeds.map((seed) => pixelsWith({ flipHorizontal: true }, seed)))
  const sides = drawn.map((pixels) => meanDistance(pixels, plain) > meanDistance(pixels, mirrored))
  // Each is one of the two up to what JPEG loses, and among eight seeds both come up.
  for (const pixels of drawn) {
    expect(Math.min(meanDistance(pixels, plain), meanDistance(pixels, mirrored))).toBeLessThan(3)
  }
  expect(new Set(sides).size).toBe(2)
})

test('a seed is one draw: the same twice, another with another', async () => {
  const change = { rotation: 20, noise: 0.05 }
  const first = await pixelsWith(change, 3)
  expect(meanDistance(first, await pixelsWith(change, 3))).toBe(0)
  expect(meanDistance(first, await pixelsWith(change, 4))).toBeGreaterThan(1)
})
