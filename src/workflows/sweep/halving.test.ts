import { expect, test } from 'vitest'
import { PlannedSweep } from '../../shared/domain/sweep.ts'
import { TrainingSettings, type EpochReport } from '../../shared/domain/training.ts'
import { rungs, survivors } from './halving.ts'
import { testConfiguration } from './testConfiguration.ts'

const planned = (epochs: number, halving?: PlannedSweep['halving']): PlannedSweep => ({
  name: 'sweep',
  configurations: [testConfiguration(1, 10, TrainingSettings.parse({ epochs }))],
  ...(halving && { halving }),
})

test('each round is longer by what it drops', () => {
  expect(rungs(planned(27, { keep: 1 / 3, epochs: 1 }))).toEqual([1, 3, 9, undefined])
  expect(rungs(planned(10, { keep: 0.5, epochs: 3 }))).toEqual([3, 6, undefined])
  expect(rungs(planned(2, { keep: 0.5, epochs: 5 }))).toEqual([undefined])
  expect(rungs(planned(5))).toEqual([undefined])
})

const epoch = (valAccuracy: number): EpochReport => ({
  ...{ epoch: 1, loss: 1, accuracy: 0.5, learningRate: 1, seconds: 1, imagesPerSecond: 1 },
  ...{ best: true, valAccuracy },
})

test('the best go on; of equals the smaller one; one always does', () => {
  const contestants = [
    { configuration: testConfiguration(1, 100), outcomes: [{ epochs: [epoch(0.9), epoch(0.5)] }] },
    { configuration: testConfiguration(2, 50), outcomes: [{ epochs: [epoch(0.9)] }] },
    // Two seeds: the mean counts.
    { configuration: testConfiguration(3, 10), outcomes: [{ epochs: [epoch(1)] }, { epochs: [epoch(0.6)] }] }, // prettier-ignore
  ]
  expect([...survivors(contestants, 1 / 3)]).toEqual([2])
  expect([...survivors(contestants, 0.5)].sort()).toEqual([1, 2])
  expect([...survivors(contestants.slice(2), 0.01)]).toEqual([3])
})
