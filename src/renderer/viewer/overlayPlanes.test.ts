import { expect, test } from 'vitest'
import { overlayPlanes, planeMatrix } from './overlayPlanes.ts'
import { testFilm } from './testFilm.ts'

const place = { label: '', rows: 3, columns: 5, top: 2, left: -1 }
/** Set: row 0 column 4, row 1 column 0, row 2 column 2. */
const bits = Uint8Array.of(0b0011_0000, 0b0001_0000)
const film = {
  ...testFilm(new Uint8Array(20), { rows: 4, columns: 5, overlays: [place] }),
  overlayBits: [bits],
}

test('bits follow each other from row to row, the lowest of a byte first', () => {
  const [plane] = overlayPlanes(film, 1)
  expect(plane).toMatchObject({ side: 1, width: 5, height: 3 })
  expect([...plane!.drawn]).toEqual([0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0])
})

test('a line of one pixel stays where the film is seen at half its size', () => {
  const [plane] = overlayPlanes(film, 0.5)
  expect(plane).toMatchObject({ side: 2, width: 3, height: 2 })
  expect([...plane!.drawn]).toEqual([1, 0, 1, 0, 1, 0])
})

test('a plane lies where it begins on the film, turned and scaled with it', () => {
  // A quarter turn, two screen pixels to a film pixel: the film's (−1, 2) is the plane's corner.
  const turned = { a: 0, b: 2, c: -2, d: 0, e: 100, f: 50 }
  expect(planeMatrix(turned, { place, side: 4 })).toEqual({
    ...{ a: 0, b: 8, c: -8, d: 0 },
    ...{ e: 96, f: 48 },
  })
})
