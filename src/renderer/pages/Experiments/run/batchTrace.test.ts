import { expect, test } from 'vitest'
import type { BatchProgress } from '../../../../shared/domain/training.ts'
import { batchPoint, extendTrace, type BatchPoint } from './batchTrace.ts'

const live = (epoch: number, batch: number, loss: number, accuracy: number): BatchProgress => ({
  epoch,
  epochs: 3,
  batch,
  batches: 4,
  loss,
  accuracy,
  imagesPerSecond: 60,
  secondsLeft: 9,
  memoryBytes: 1e9,
})

test('the batches between two reports are what was added to the mean', () => {
  // Mean 0.5 of two batches, then 0.4 of four: the two new ones sum to 1.6 − 1.0.
  expect(batchPoint(live(1, 2, 0.5, 0.5), live(1, 4, 0.4, 0.75))).toEqual({
    x: 1,
    loss: expect.closeTo(0.3) as number,
    accuracy: 1,
  })
})

test('a new epoch starts its mean anew', () => {
  expect(batchPoint(live(1, 4, 0.5, 0.5), live(2, 1, 0.2, 0.9))).toEqual({
    x: 1.25,
    loss: 0.2,
    accuracy: 0.9,
  })
})

test('a report without a new batch adds nothing', () => {
  expect(batchPoint(live(1, 2, 0.5, 0.5), live(1, 2, 0.5, 0.5))).toBeUndefined()
})

test('a long trace is halved and keeps its mean and its end', () => {
  const points = Array.from({ length: 4000 }, (_, x): BatchPoint => ({
    x,
    loss: x % 2,
    accuracy: 0.5,
  }))
  const trace = extendTrace(points, { x: 4000, loss: 7, accuracy: 1 })
  expect(trace).toHaveLength(2001)
  expect(trace[0]).toEqual({ x: 1, loss: 0.5, accuracy: 0.5 })
  expect(trace.at(-1)?.loss).toBe(7)
})
