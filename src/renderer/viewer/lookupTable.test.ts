import { expect, test } from 'vitest'
import { greyTable, pixelTable } from './lookupTable.ts'

test('the full window of eight bits leaves values as they are', () => {
  const greys = greyTable(256, { centre: 127.5, width: 255 }, false)
  expect([...greys]).toEqual(Array.from({ length: 256 }, (_, value) => value))
})

test('a narrow window spreads its values and clips the others', () => {
  // From 50 to 150: 100 is the middle, 75 a quarter (63.75 rounds to 64).
  const greys = greyTable(256, { centre: 100, width: 100 }, false)
  expect([0, 50, 75, 100, 150, 255].map((value) => greys[value])).toEqual([0, 0, 64, 128, 255, 255])
})

test('inverting exchanges black and white', () => {
  const greys = greyTable(256, { centre: 127.5, width: 255 }, true)
  expect([greys[0], greys[100], greys[255]]).toEqual([255, 155, 0])
})

test('a window of width one is a threshold', () => {
  const greys = greyTable(4, { centre: 1.5, width: 1 }, false)
  expect([...greys]).toEqual([0, 0, 255, 255])
})

test('pixels are opaque greys', () => {
  const pixels = pixelTable(256, { centre: 127.5, width: 255 }, false)
  expect([...new Uint8Array(pixels.buffer, 4 * 18, 4)]).toEqual([18, 18, 18, 255])
})
