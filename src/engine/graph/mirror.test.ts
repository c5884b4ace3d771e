import { expect, test } from 'vitest'
import { mirrored } from './mirror.ts'

const still = [1, 0, 0, 0, 1, 0, 0, 0]
const size = { height: 2, width: 3, channels: 1 }
const film = [1, 2, 3, 4, 5, 6]

const mirror = (pixels: number[], rows: number[][], channels = 1) =>
  mirrored(Uint8Array.from(pixels), Float32Array.from(rows.flat()), { ...size, channels })

test('each film is mirrored as its own row asks', () => {
  const sideways = [-1, 0, 2, 0, 1, 0, 0, 0]
  const upright = [1, 0, 0, 0, -1, 1, 0, 0]
  expect([...mirror([...film, ...film, ...film], [sideways, still, upright])!]).toEqual([
    3, 2, 1, 6, 5, 4, 1, 2, 3, 4, 5, 6, 4, 5, 6, 1, 2, 3,
  ])
  expect([...mirror(film, [[-1, 0, 2, 0, -1, 1, 0, 0]])!]).toEqual([6, 5, 4, 3, 2, 1])
})

test('colours stay together', () => {
  const colours = [1, 10, 100, 2, 20, 200, 3, 30, 130, 4, 40, 140, 5, 50, 150, 6, 60, 160]
  expect([...mirror(colours, [[-1, 0, 2, 0, 1, 0, 0, 0]], 3)!]).toEqual([
    3, 30, 130, 2, 20, 200, 1, 10, 100, 6, 60, 160, 5, 50, 150, 4, 40, 140,
  ])
})

test('unchanged films are not copied, and the originals never change', () => {
  const pixels = Uint8Array.from(film)
  expect(mirrored(pixels, Float32Array.from(still), size)).toBe(pixels)
  mirrored(pixels, Float32Array.from([-1, 0, 2, 0, 1, 0, 0, 0]), size)
  expect([...pixels]).toEqual(film)
})

test('anything more is for the graph', () => {
  expect(mirror(film, [[1, 0.01, 0, 0, 1, 0, 0, 0]])).toBeUndefined()
  expect(mirror(film, [[-1, 0, 1, 0, 1, 0, 0, 0]])).toBeUndefined()
  expect(mirror([...film, ...film], [still, [1, 0, 0, 0, 1, 0.5, 0, 0]])).toBeUndefined()
})
