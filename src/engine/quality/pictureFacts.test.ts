import { expect, test } from 'vitest'
import { blurred, savedAgain } from '../data/disturb/sharpness.ts'
import { resizeArea } from '../images/resizeArea.ts'
import type { Raster } from '../images/raster.ts'
import { planFilms } from '../samples/plan.ts'
import { paintPlanned } from '../samples/generateFilms.ts'
import { alikeHashes } from './alikeHashes.ts'
import { lettersIn } from './lettering.ts'
import { pictureFacts } from './pictureFacts.ts'
import { perceptualHash } from './perceptualHash.ts'

const raster = (rows: number, columns: number, samples: Uint8Array | Uint16Array): Raster => ({
  ...{ format: 'png', rows, columns, frames: 1, storedSamplesPerPixel: 1, samplesPerPixel: 1 },
  ...{ bitsStored: samples instanceof Uint16Array ? 16 : 8, photometric: 'MONOCHROME2', samples },
  synthetic: true,
})
const filled = (rows: number, columns: number, grey: (row: number, column: number) => number) =>
  Uint8Array.from({ length: rows * columns }, (_, at) =>
    grey(Math.floor(at / columns), at % columns),
  )
const size = { rows: 224, columns: 224 }
const films = planFilms(40, 5).map((film) => paintPlanned(film, 5, 224))
const job = { signal: new AbortController().signal, report: () => undefined }

test('a margin is no exposure, a border is of one grey, and clipping counts within the exposed box', () => {
  // 100 columns: 10 black, 80 of a checked pattern whose upper half is white, 10 black.
  const samples = filled(40, 100, (row, column) => {
    if (column < 10 || column >= 90) return 0
    return row < 20 ? ((row + column) % 2) * 55 + 200 : ((row + column) % 2) * 100 + 100
  })
  const facts = pictureFacts(raster(40, 100, samples))
  expect(facts.exposed).toEqual({ left: 0.1, right: 0.9, top: 0, bottom: 1 })
  expect(facts.borders).toEqual({ left: 0.1, right: 0.1, top: 0, bottom: 0 })
  expect(facts.clippedWhite).toBeCloseTo(0.25, 12)
  expect(facts.clippedBlack).toBe(0)
  expect(facts.mean).toBeCloseTo((227.5 + 150) / 2 / 255, 6)
})

test('depth is told by what the values need, and a film of one grey has neither hash nor sharpness', () => {
  const deep = Uint16Array.from({ length: 64 }, (_, at) => at * 60)
  expect(pictureFacts(raster(8, 8, deep))).toMatchObject({ bitsStored: 16, bitsUsed: 12 })
  const flat = pictureFacts(raster(32, 32, new Uint8Array(1024).fill(90)))
  expect(flat.hash).toBeUndefined()
  expect(flat.sharpness).toBeUndefined()
  expect(flat.contrast).toBe(0)
})

test('a blurred film is less sharp, and one with half the contrast is as sharp', () => {
  const sharp = pictureFacts(raster(224, 224, films[0]!)).sharpness!
  const soft = blurred({ ...size, pixels: films[0]! }, 2).pixels
  const pale = films[0]!.map((grey) => 64 + grey / 2)
  expect(pictureFacts(raster(224, 224, soft)).sharpness!).toBeLessThan(sharp - 2)
  expect(pictureFacts(raster(224, 224, pale)).sharpness!).toBeCloseTo(sharp, 0)
})

test('the word on every generated film is seen as nine letters; a single marker is no writing', () => {
  for (const pixels of films.slice(0, 10)) expect(lettersIn({ ...size, pixels })).toBe(9)
  const marker = filled(100, 100, (row, column) =>
    row >= 10 && row < 22 && column >= 10 && column < 14 ? 250 : 40,
  )
  expect(lettersIn({ rows: 100, columns: 100, pixels: marker })).toBe(1)
  expect(lettersIn({ ...size, pixels: films[0]!.map((grey) => 255 - grey) })).toBe(9)
})

const distance = async (a: string, b: string) => (await alikeHashes([a, b], 256, job))[0]!.distance

test('copies of a film keep its hash within a few bits, other films are far away', async () => {
  const hashes = films.map((pixels) => perceptualHash(pixels, size)!)
  for (const [at, pixels] of films.slice(0, 6).entries()) {
    const small = { rows: 150, columns: 150 }
    const copies = [
      perceptualHash(resizeArea(pixels, size, small, 1), small)!,
      perceptualHash((await savedAgain({ ...size, pixels }, 50)).pixels, size)!,
      perceptualHash(
        pixels.map((grey) => 30 + 0.8 * grey),
        size,
      )!,
    ]
    for (const copy of copies) expect(await distance(hashes[at]!, copy)).toBeLessThanOrEqual(12)
  }
  const others = await alikeHashes(hashes, 256, job)
  expect(Math.min(...others.map((pair) => pair.distance))).toBeGreaterThan(20)
})

test('pairs are found by the bits that differ; equal hashes are paired with the first alone', async () => {
  const zero = '0'.repeat(64)
  const three = `7${'0'.repeat(63)}`
  const far = 'f'.repeat(64)
  expect(await distance(zero, far)).toBe(256)
  expect(await alikeHashes([zero, three, far, zero, zero], 3, job)).toEqual([
    { first: 0, second: 3, distance: 0 },
    { first: 0, second: 4, distance: 0 },
    { first: 0, second: 1, distance: 3 },
  ])
  expect(await alikeHashes([zero, three], 2, job)).toEqual([])
})
