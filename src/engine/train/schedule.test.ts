import { expect, test } from 'vitest'
import type { EpochReport } from '../../shared/domain/training.ts'
import { bestEpoch, isBest, patienceIsOver } from './bestEpoch.ts'
import { classWeights } from './classWeights.ts'
import { learningRateAt } from './learningRate.ts'

/** Reports whose validation losses are `losses`, with the best ones marked as training marks them. */
function reportsOf(losses: readonly number[]): EpochReport[] {
  const reports: EpochReport[] = []
  losses.forEach((valLoss, index) => {
    const report = { epoch: index + 1, loss: 1, valLoss, accuracy: 0.5, learningRate: 1 }
    const best = isBest(report, reports)
    reports.push({ ...report, seconds: 1, imagesPerSecond: 1, best })
  })
  return reports
}
const at = (epoch: number, batch = 0) => ({ epoch, epochs: 4, batch, batches: 10 })

test('a constant rate stays', () => {
  expect(learningRateAt({ kind: 'constant' }, 0.1, at(3), [])).toBe(0.1)
})

test('steps of two epochs halve the rate in epochs 3 and 5', () => {
  const schedule = { kind: 'step', everyEpochs: 2, factor: 0.5 } as const
  const rates = [1, 2, 3, 4, 5].map((epoch) => learningRateAt(schedule, 0.1, at(epoch), []))
  expect(rates).toEqual([0.1, 0.1, 0.05, 0.05, 0.025])
})

test('a cosine warms up in equal steps, stands at its half in the middle and ends near zero', () => {
  const schedule = { kind: 'cosine', warmup: 0.1 } as const
  const rate = (epoch: number, batch: number) => learningRateAt(schedule, 1, at(epoch, batch), [])
  expect([0, 1, 2, 3].map((batch) => rate(1, batch))).toEqual([0.25, 0.5, 0.75, 1])
  expect(rate(1, 4)).toBe(1)
  expect(rate(3, 2)).toBeCloseTo(0.5, 12)
  expect(rate(4, 9)).toBeCloseTo((1 + Math.cos((Math.PI * 35) / 36)) / 2, 12)
})

test('a plateau of two epochs cuts the rate once, and the count begins anew', () => {
  const schedule = { kind: 'plateau', patience: 2, factor: 0.1 } as const
  const rate = (losses: number[]) => learningRateAt(schedule, 1, at(1), reportsOf(losses))
  expect(rate([1, 0.9, 0.95])).toBe(1)
  expect(rate([1, 0.9, 0.95, 0.9])).toBeCloseTo(0.1, 12)
  expect(rate([1, 0.9, 0.95, 0.9, 0.91])).toBeCloseTo(0.1, 12)
  expect(rate([1, 0.9, 0.95, 0.9, 0.91, 0.92])).toBeCloseTo(0.01, 12)
})

test('the best epoch has the lowest figure; of equal ones the first stays', () => {
  expect(bestEpoch(reportsOf([0.5, 0.3, 0.4, 0.3]))).toBe(2)
  expect(bestEpoch([])).toBeUndefined()
})

test('patience of two ends after two epochs without a better one', () => {
  expect(patienceIsOver(2, reportsOf([0.5, 0.6]))).toBe(false)
  expect(patienceIsOver(2, reportsOf([0.5, 0.6, 0.7]))).toBe(true)
  expect(patienceIsOver(undefined, reportsOf([0.5, 0.6, 0.7]))).toBe(false)
})

test('one film against three weighs three times as much, and all weights add up to the films', () => {
  expect(classWeights([0, 1, 1, 1], 2)).toEqual([2, 4 / 6])
  expect(classWeights([0, 0], 3)).toEqual([1 / 3, 0, 0])
})
