import { expect, test } from 'vitest'
import { Augmentation } from '../../../shared/domain/training.ts'
import { randomStream } from '../random.ts'
import { curved } from './curve.ts'
import { disturbFilms } from './disturbFilms.ts'
import { equaliseLocally, equaliseWhole } from './equalise.ts'
import { marked, patched } from './markings.ts'
import type { Plane } from './plane.ts'
import { blurred, coarsened, savedAgain, sharpened } from './sharpness.ts'

const plane = (rows: number, columns: number, value: (y: number, x: number) => number): Plane => ({
  rows,
  columns,
  pixels: Uint8Array.from({ length: rows * columns }, (_, at) =>
    value(Math.floor(at / columns), at % columns),
  ),
})
const ramp = plane(16, 16, (y, x) => 60 + 4 * y + x)
const range = ({ pixels }: Plane) => Math.max(...pixels) - Math.min(...pixels)

test('equalising a whole film spreads its grey values from 0 to 255', () => {
  // Shares at or below, less the darkest: 10 → 0, 11 → 1/3, 12 → 2/3, 13 → 1.
  const film = plane(2, 2, (y, x) => 10 + 2 * y + x)
  expect(equaliseWhole(film).pixels).toEqual(Uint8Array.of(0, 85, 170, 255))
  const even = plane(2, 2, () => 9)
  expect(equaliseWhole(even)).toEqual(even)
})

test('equalising locally raises the contrast of a flat part, and less where it is limited', () => {
  const film = plane(32, 32, (y, x) => (x < 16 ? 100 + ((x + y) % 4) : 200 + ((x + y) % 4)))
  const free = equaliseLocally(film, 4, 256)
  const limited = equaliseLocally(film, 4, 1.5)
  const flat = ({ pixels }: Plane) => range(plane(8, 8, (y, x) => pixels[(8 + y) * 32 + x]!))
  expect(flat(film)).toBe(3)
  expect(flat(free)).toBeGreaterThan(150)
  expect(flat(limited)).toBeGreaterThan(3)
  expect(flat(limited)).toBeLessThan(flat(free))
})

test('a blur leaves an even film alone and spreads a point as a bell of the same sum', () => {
  const even = plane(9, 9, () => 80)
  expect(blurred(even, 1)).toEqual(even)
  const point = plane(21, 21, (y, x) => (y === 10 && x === 10 ? 255 : 0))
  const { pixels } = blurred(point, 1)
  // 255 / (2π) in the middle.
  expect(pixels[10 * 21 + 10]).toBe(41)
  expect(pixels[10 * 21 + 11]).toBe(pixels[11 * 21 + 10])
  expect(pixels.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(235)
})

test('sharpening steepens an edge, and a coarse copy or a JPEG keeps what is large', async () => {
  const edge = plane(16, 16, (_, x) => (x < 8 ? 80 : 160))
  const steep = sharpened(edge, 1.2, 1)
  expect(steep.pixels[7]).toBeLessThan(80)
  expect(steep.pixels[8]).toBeGreaterThan(160)
  expect(coarsened(edge, 0.5)).toMatchObject({ rows: 16, columns: 16 })
  expect(coarsened(edge, 0.5).pixels[0]).toBe(80)
  const saved = await savedAgain(ramp, 90)
  const worst = Math.max(...saved.pixels.map((value, at) => Math.abs(value - ramp.pixels[at]!)))
  expect(worst).toBeGreaterThan(0)
  expect(worst).toBeLessThan(12)
})

test('a curve keeps black, its middle and white', () => {
  const levels = plane(1, 3, (_, x) => [0, 102, 255][x]!)
  // 102 / 255 is 0.4.
  expect(curved(levels, 0.4, 2)).toEqual(levels)
  // 0.2 becomes 0.4 · (0.2 / 0.4)² = 0.1: 51 becomes 26 (25.5).
  expect(
    curved(
      plane(1, 1, () => 51),
      0.4,
      2,
    ).pixels[0],
  ).toBe(26)
})

test('marks are brighter than lead is dark, and leave most of a film alone', () => {
  const black = plane(160, 160, () => 0)
  let written = 0
  for (let seed = 0; seed < 60; seed++) {
    const { pixels } = marked(black, randomStream(seed, 'marks'))
    const changed = pixels.filter((value) => value > 0)
    written += Number(changed.some((value) => value >= 170))
    expect(changed.length).toBeLessThan(0.35 * pixels.length)
  }
  // Four of five films get one or more.
  expect(written).toBeGreaterThan(36)
  expect(written).toBeLessThan(60)
})

test('patches are rectangles of one value', () => {
  const film = patched(
    plane(100, 100, () => 1),
    randomStream(3, 'patches'),
  )
  const values = new Set(film.pixels)
  expect(values.size).toBeGreaterThan(1)
  expect(values.size).toBeLessThanOrEqual(3)
})

const all = Augmentation.parse({ markings: 1, patches: 1, equalise: 1, sharpness: 1, curve: 1 })
const batch = (count: number, channels: 1 | 3) => ({
  count,
  channels,
  pixels: Uint8Array.from({ length: count * 32 * 32 * channels }, (_, at) => (at * 7) % 251),
})
const size = { rows: 32, columns: 32 }

test('films are left alone when nothing is asked for, and repeat for a seed', async () => {
  const films = batch(3, 1)
  const none = Augmentation.parse({})
  expect(await disturbFilms(films, size, none, randomStream(1, 'x'))).toBe(films)
  const once = await disturbFilms(films, size, all, randomStream(1, 'x'))
  expect(once.pixels).not.toEqual(films.pixels)
  expect(await disturbFilms(films, size, all, randomStream(1, 'x'))).toEqual(once)
  expect(await disturbFilms(films, size, all, randomStream(2, 'x'))).not.toEqual(once)
})

test('the three channels of a grey film in colour stay equal', async () => {
  const grey = batch(1, 1)
  const colour = {
    ...batch(1, 3),
    pixels: Uint8Array.from({ length: 3072 }, (_, at) => grey.pixels[Math.floor(at / 3)]!),
  }
  const { pixels } = await disturbFilms(colour, size, all, randomStream(1, 'x'))
  const one = await disturbFilms(grey, size, all, randomStream(1, 'x'))
  expect(pixels.filter((_, at) => at % 3 === 0)).toEqual(one.pixels)
  expect(pixels.filter((_, at) => at % 3 === 2)).toEqual(one.pixels)
})
