import { expect, test } from 'vitest'
import { epochMeter } from './meter.ts'

/** Seconds left after each of the batches that end at these seconds, of ten in an epoch. */
function secondsLeftAt(ends: readonly number[], earlier: readonly number[], epochsLeft: number) {
  let clock = 1000
  const meter = epochMeter(() => clock, earlier)
  return ends.map((end, at) => {
    clock = 1000 + end * 1000
    return meter.pace({ batch: at + 1, batches: 10, films: 4 * (at + 1), epochsLeft }).secondsLeft
  })
}

test('a slow first batch is not taken for the pace of the others', () => {
  const [afterFirst, afterSecond, afterThird] = secondsLeftAt([9, 10, 11], [], 2)
  expect(afterFirst).toBe(9 * 9 + 2 * 90)
  expect(afterSecond).toBe(8 + 2 * 10)
  expect(afterThird).toBe(7 + 2 * 10)
})

test('an epoch to come takes as long as the last one did, its validation included', () => {
  expect(secondsLeftAt([1, 2], [30, 20], 3)).toEqual([9 + 60, 8 + 60])
})

test('half an epoch of ten seconds leaves ten more, and twenty for each whole epoch to come', () => {
  let now = 0
  const meter = epochMeter(() => now, [])
  now = 10_000
  expect(meter.pace({ batch: 5, batches: 10, films: 160, epochsLeft: 2 })).toEqual({
    imagesPerSecond: 16,
    secondsLeft: 10 + 2 * 20,
  })
})
