import { expect, test } from 'vitest'
import type { FilmDescription } from './domain/filmPixels.ts'
import { packFilm, unpackFilm } from './filmEnvelope.ts'

const description: FilmDescription = {
  rows: 1,
  columns: 2,
  samplesPerPixel: 1,
  sampleType: 'int16',
  slope: 2,
  intercept: -1,
  unit: 'HU',
  minimum: -5,
  maximum: 1025,
  windows: [
    { kind: 'window', label: 'Lunge ∘', centre: 40, width: 400, shape: 'linear' },
    { kind: 'table', label: '', first: -2, bits: 8, entries: [0, 255] },
  ],
  inverted: true,
  frames: 1,
  frame: 1,
}
/** −2 and 513. */
const film = { ...description, samples: Uint8Array.of(0xfe, 0xff, 1, 2) }

test('what was packed comes out again, its samples as numbers', () => {
  const unpacked = unpackFilm(packFilm(film).buffer as ArrayBuffer)
  expect(unpacked).toEqual({ description, samples: Int16Array.of(-2, 513), overlayBits: [] })
})

test('the bits of drawings follow the samples, each drawing from a byte of its own', () => {
  const place = { label: 'drawn', top: 0, left: -1 }
  const overlays = [
    { ...place, rows: 3, columns: 3 },
    { ...place, rows: 1, columns: 2 },
  ]
  const drawn = { ...film, overlays, overlayBits: Uint8Array.of(0xff, 1, 2) }
  const unpacked = unpackFilm(packFilm(drawn).buffer as ArrayBuffer)
  expect(unpacked.samples).toEqual(Int16Array.of(-2, 513))
  expect(unpacked.overlayBits).toEqual([Uint8Array.of(0xff, 1), Uint8Array.of(2)])
  const cut = packFilm(drawn).slice(0, -1)
  expect(() => unpackFilm(cut.buffer)).toThrow(/all its pixels/)
})

test('floating-point samples lie where an array of them may begin', () => {
  const samples = new Uint8Array(Float32Array.of(0.5, -1e9).buffer)
  const packed = packFilm({ ...film, sampleType: 'float32', samples })
  expect(unpackFilm(packed.buffer as ArrayBuffer).samples).toEqual(Float32Array.of(0.5, -1e9))
})

test('a film that lacks pixels or its size is refused', () => {
  const cut = packFilm(film).slice(0, -1)
  expect(() => unpackFilm(cut.buffer)).toThrow(/all its pixels/)
  expect(() => unpackFilm(new ArrayBuffer(3))).toThrow(/its size/)
  expect(() => unpackFilm(Uint8Array.of(2, 0, 0, 0, 0x7b, 0x7d).buffer)).toThrow(/its size/)
})

test('a halved film brings a quarter of its samples, rounded up, and is refused with more', () => {
  const halved = { ...film, columns: 3, rows: 3, halvings: 1, samples: new Uint8Array(4 * 2) }
  expect(unpackFilm(packFilm(halved).buffer as ArrayBuffer).samples.length).toBe(4)
  const whole = { ...halved, samples: new Uint8Array(9 * 2) }
  expect(() => unpackFilm(packFilm(whole).buffer as ArrayBuffer)).toThrow('without all its pixels')
})
