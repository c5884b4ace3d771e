import { expect, test } from 'vitest'
import { testEpoch, testRun } from '../../shared/domain/testing/testRun.ts'
import type { StoredSweep } from '../../shared/domain/librarySweep.ts'
import type { Run } from '../../shared/domain/run.ts'
import { TrainingSettings } from '../../shared/domain/training.ts'
import { librarySweep } from './sweepProgress.ts'

const stored: StoredSweep = {
  ...{ id: 's', name: 'tiny', createdAt: '2026-01-02T03:04:05Z', datasetName: 'Films' },
  ...{ text: 'name: tiny', priority: 0 },
  configurations: [1, 2].map((number) => ({
    ...{ number, name: `c${number}`, priority: 0, differs: {}, recipe: 'D: 1', params: 65 },
  })),
}
const settings = TrainingSettings.parse({ epochs: 4 })
const run = (id: string, n: number, status: Run['status'], ...accuracies: number[]): Run =>
  testRun({
    ...{ id, status, settings, sweep: { id: 's', name: 'tiny', configuration: n } },
    epochs: accuracies.map((valAccuracy, at) => testEpoch(at + 1, { valAccuracy })),
  })

test('a sweep is as far as the epochs of its runs', () => {
  const runs = [
    run('a', 1, 'complete', 0.5, 0.6, 0.7, 0.7),
    run('b', 1, 'running', 0.9, 0.8),
    run('c', 2, 'queued'),
    run('d', 2, 'failed', 0.2),
  ]
  const summary = librarySweep(stored, runs)
  expect(summary).toMatchObject({ state: 'training', trainings: 4, complete: 1, failed: 1 })
  // 1 + 2/4 + 0 + 1 of four.
  expect(summary.progress).toBeCloseTo(2.5 / 4)
})

test('a configuration tells the mean and deviation of its runs, and the state that says most', () => {
  const runs = [run('a', 1, 'complete', 0.7), run('b', 1, 'running', 0.9), run('c', 2, 'queued')]
  const [first, second] = librarySweep(stored, runs).configurations
  expect(first).toMatchObject({ status: 'running', runs: 2 })
  expect(first!.valAccuracyBest!.mean).toBeCloseTo(0.8)
  // Of a sample of two: |0.9 − 0.7| / √2.
  expect(first!.valAccuracyBest!.deviation).toBeCloseTo(0.2 / Math.SQRT2)
  expect(second).toMatchObject({ status: 'queued', runs: 0 })
  expect(second!.valAccuracyBest).toBeUndefined()
})

test.each([
  [['complete', 'queued'], 'waiting'],
  [['complete', 'stopped'], 'paused'],
  [['stopped', 'interrupted'], 'interrupted'],
  [['complete', 'dropped', 'failed'], 'ended'],
] as const)('runs that are %j make a sweep that is %s', (statuses, state) => {
  const runs = statuses.map((status, at) => run(String(at), 1, status))
  expect(librarySweep(stored, runs).state).toBe(state)
})
