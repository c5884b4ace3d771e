import { expect, test } from 'vitest'
import { TrainingSettings, type EpochReport } from '../../shared/domain/training.ts'
import { rounds, rungs, survivors } from './halving.ts'
import { multiplications } from './previewSweep.ts'
import { testConfiguration } from './testConfiguration.ts'

test('each round is longer by what it drops', () => {
  expect(rungs({ keep: 1 / 3, epochs: 1 }, 27)).toEqual([1, 3, 9, undefined])
  expect(rungs({ keep: 0.5, epochs: 3 }, 10)).toEqual([3, 6, undefined])
  expect(rungs({ keep: 0.5, epochs: 5 }, 2)).toEqual([undefined])
  expect(rungs(undefined, 5)).toEqual([undefined])
})

test('a plan tells how many train in each round', () => {
  const settings = TrainingSettings.parse({ epochs: 9 })
  const configurations = [1, 2, 3, 4].map((number) => testConfiguration(number, 10, settings))
  const halving = { keep: 0.5, epochs: 3 }
  expect(rounds({ name: 'sweep', configurations, halving })).toEqual([
    { configurations: 4, untilEpoch: 3 },
    { configurations: 2, untilEpoch: 6 },
    { configurations: 1, untilEpoch: 9 },
  ])
  expect(rounds({ name: 'sweep', configurations })).toEqual([{ configurations: 4, untilEpoch: 9 }])
  // 4 for 3 epochs, 2 for 3 more, 1 for 3 more: 21 epochs of one multiplication each, instead of 36.
  expect(multiplications({ name: 'sweep', configurations, halving }, [1, 1, 1, 1])).toBe(21)
  expect(multiplications({ name: 'sweep', configurations }, [1, 2, 3, 4])).toBe(90)
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
