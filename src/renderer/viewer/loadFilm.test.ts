import { expect, test } from 'vitest'
import { filmOf } from './loadFilm.ts'

const shape = { 'X-Rows': '1', 'X-Columns': '2', 'X-Bits-Allocated': '16' }

test('sixteen-bit samples are little-endian and keep the window of the file', () => {
  const headers = new Headers({
    ...shape,
    'X-Minimum': '1',
    'X-Maximum': '513',
    'X-Window-Centre': '300',
    'X-Window-Width': '400',
  })
  expect(filmOf(headers, Uint8Array.of(1, 0, 1, 2).buffer)).toEqual({
    samples: Uint16Array.of(1, 513),
    width: 2,
    height: 1,
    minimum: 1,
    maximum: 513,
    window: { centre: 300, width: 400 },
  })
})

test('without a window the film is shown from its darkest to its brightest value', () => {
  const headers = new Headers({ ...shape, 'X-Bits-Allocated': '8', 'X-Maximum': '100' })
  expect(filmOf(headers, Uint8Array.of(0, 100).buffer).window).toEqual({ centre: 50, width: 100 })
})

test('a film that lacks pixels or its size is refused', () => {
  expect(() => filmOf(new Headers(shape), new ArrayBuffer(3))).toThrow(/all its pixels/)
  expect(() => filmOf(new Headers(), new ArrayBuffer(3))).toThrow(/its size/)
})
