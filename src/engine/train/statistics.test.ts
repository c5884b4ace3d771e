import { expect, test } from 'vitest'
import type { FilmSource } from '../data/batches.ts'
import { measure } from './statistics.ts'

const source = (channels: 1 | 3, films: readonly (readonly number[])[]): FilmSource => ({
  read: (positions) => {
    const chosen = Array.from(positions, (position) => films[position]!)
    const pixels = Uint8Array.from(chosen.flat())
    return Promise.resolve({ count: chosen.length, channels, pixels })
  },
})

test('mean and deviation are those of the chosen films alone', async () => {
  const films = [[0, 10], [255, 255], [20, 30]] // prettier-ignore
  // 0, 10, 20, 30: mean 15, deviation √((225 + 25 + 25 + 225) / 4).
  const { mean, deviation } = await measure(source(1, films), [0, 2])
  expect(mean).toEqual([15])
  expect(deviation[0]).toBeCloseTo(Math.sqrt(125), 12)
})

test('channels are measured apart', async () => {
  const { mean, deviation } = await measure(source(3, [[0, 1, 200, 4, 1, 100]]), [0])
  expect(mean).toEqual([2, 1, 150])
  expect(deviation).toEqual([2, 0, 50])
})
