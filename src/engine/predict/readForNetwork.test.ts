import { expect, test } from 'vitest'
import { packFilms } from './readForNetwork.ts'

const grey = { channels: 1, pixels: Uint8Array.of(1, 2) } as const
const colour = { channels: 3, pixels: Uint8Array.of(3, 4, 5, 6, 7, 8) } as const

test('grey films alone stay grey', () => {
  const batch = packFilms([grey, grey])
  expect(batch).toEqual({ count: 2, channels: 1, pixels: Uint8Array.of(1, 2, 1, 2) })
})

test('among colour films a grey one is repeated in three channels', () => {
  const batch = packFilms([grey, colour])
  expect(batch.channels).toBe(3)
  expect([...batch.pixels]).toEqual([1, 1, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8])
})
