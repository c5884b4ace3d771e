import { expect, test } from 'vitest'
import { randomStream } from '../data/random.ts'
import { estranged, strangers } from './strangers.ts'

const size = { rows: 2, columns: 2 }
const made = (pixels: number[], channels: 1 | 3 = 1) =>
  strangers.map(([view, estrange]) => {
    const films = { count: 1, channels, pixels: Uint8Array.from(pixels) }
    return [view, [...estranged(films, size, estrange, randomStream(1, 'test')).pixels]] as const
  })

test('a film is turned both ways, stood on its head, made a negative and cut to pieces', () => {
  // 1 2
  // 3 4
  const strange = made([1, 2, 3, 4])
  expect(strange.slice(0, 8)).toEqual([
    ['turned', [3, 1, 4, 2]],
    ['turned', [2, 4, 1, 3]],
    ['upsideDown', [4, 3, 2, 1]],
    ['negative', [254, 253, 252, 251]],
    ['sideHalf', [1, 1, 3, 3]],
    ['lowerHalf', [3, 4, 3, 4]],
    ['part', [1, 1, 1, 1]],
    ['part', [4, 4, 4, 4]],
  ])
  expect([...strange[8]![1]].sort()).toEqual([1, 2, 3, 4])
})

test('the channels of a film in colour are changed alike', () => {
  const colour = [10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42]
  for (const [view, pixels] of made(colour, 3)) {
    expect(pixels, view).toHaveLength(12)
    const places = [0, 1, 2].map(
      (channel) =>
      [0, 1, 2, 3].map((at) => (view === 'negative' ? 255 - pixels[3 * at + channel]! : pixels[3 * at + channel]!) - channel), // prettier-ignore
    )
    expect(places[1], view).toEqual(places[0])
    expect(places[2], view).toEqual(places[0])
  }
})

test('each film of a batch is put in an order of its own', () => {
  const tall = { rows: 8, columns: 4 }
  const film = Array.from({ length: 32 }, (_, at) => at)
  const films = { count: 2, channels: 1 as const, pixels: Uint8Array.from([...film, ...film]) }
  const [, disorder] = strangers.find(([view]) => view === 'disorder')!
  const { pixels } = estranged(films, tall, disorder, randomStream(2, 'test'))
  const [first, second] = [[...pixels.subarray(0, 32)], [...pixels.subarray(32)]]
  expect(first).not.toEqual(second)
  expect([...first].sort((a, b) => a - b)).toEqual(film)
  expect([...second].sort((a, b) => a - b)).toEqual(film)
})
