import { expect, test } from 'vitest'
import { figuresOfRun, spreadOf } from './runFigures.ts'
import type { EpochReport } from './training.ts'

const epoch = (number: number, accuracy: number, valAccuracy?: number): EpochReport => ({
  ...{ epoch: number, loss: 1 / number, accuracy, learningRate: 0.001 },
  ...{ seconds: 2, imagesPerSecond: 10, best: true },
  ...(valAccuracy !== undefined && { valAccuracy, valLoss: 1 - valAccuracy }),
})

test('best, last, gap and stability are read off the epochs', () => {
  const reports = [epoch(1, 0.5, 0.5), epoch(2, 0.75, 0.875), epoch(3, 0.875, 0.625), epoch(4, 1, 0.875)] // prettier-ignore
  expect(figuresOfRun(reports)).toEqual({
    ...{ epochs: 4, bestEpoch: 2, seconds: 8, valLossLowest: 0.125 },
    ...{ trainAccuracyBest: 0.75, valAccuracyBest: 0.875 },
    ...{ trainAccuracyLast: 1, valAccuracyLast: 0.875 },
    // 0.875 → 0.625.
    ...{ stability: 0.25, gapBest: -0.125, gapLast: 0.125 },
  })
})

test('validation accuracy that only rises has fallen by nothing', () => {
  expect(figuresOfRun([epoch(1, 0.5, 0.5), epoch(2, 0.5, 0.75)]).stability).toBe(0)
})

test('without validation the training accuracy decides, and what needs validation is left out', () => {
  expect(figuresOfRun([epoch(1, 0.75), epoch(2, 0.5)])).toEqual({
    ...{ epochs: 2, bestEpoch: 1, seconds: 4 },
    ...{ trainAccuracyBest: 0.75, trainAccuracyLast: 0.5 },
  })
  expect(figuresOfRun([])).toEqual({ epochs: 0, seconds: 0 })
})

test('a spread is mean and sample deviation; one value has none', () => {
  // Deviations −1, 0, 1: √(2 / 2) = 1.
  expect(spreadOf([1, 2, 3])).toEqual({ mean: 2, deviation: 1 })
  expect(spreadOf([5])).toEqual({ mean: 5 })
  expect(spreadOf([])).toBeUndefined()
})
