import { expect, test } from 'vitest'
import { testEpoch, testRun } from '../../shared/domain/testing/testRun.ts'
import type { Run } from '../../shared/domain/run.ts'
import { TrainingSettings } from '../../shared/domain/training.ts'
import { nextStep } from './nextStep.ts'
import { testConfiguration } from './testConfiguration.ts'

const settings = TrainingSettings.parse({ epochs: 4 })
const configurations = [1, 2, 3, 4].map((number) => testConfiguration(number, 10 * number))
const halving = { keep: 0.5, epochs: 2 }

/** A run of configuration `n` whose validation accuracies were these. */
const run = (n: number, status: Run['status'], ...accuracies: number[]): Run =>
  testRun({
    ...{ id: `r${n}`, status, settings, sweep: { id: 's', name: 'sweep', configuration: n } },
    epochs: accuracies.map((valAccuracy, at) => testEpoch(at + 1, { valAccuracy })),
  })

test('without halving each trains to its end, in the order of the runs', () => {
  const sweep = { configurations }
  expect(nextStep(sweep, [run(1, 'complete', 0.5), run(2, 'queued'), run(3, 'queued')])).toMatchObject({ kind: 'train', run: { id: 'r2' } }) // prettier-ignore
  expect(nextStep(sweep, [run(1, 'running'), run(2, 'queued')])).toEqual({ kind: 'rest' })
  expect(nextStep(sweep, [run(1, 'failed'), run(2, 'stopped'), run(3, 'complete')])).toEqual({ kind: 'rest' }) // prettier-ignore
})

test('what a person queued alone is not queued twice', () => {
  const runs = [run(1, 'queued'), run(2, 'queued')]
  expect(nextStep({ configurations }, runs, new Set(['r1']))).toMatchObject({ run: { id: 'r2' } })
})

test('a round trains all before it drops any, and the best go on', () => {
  const sweep = { configurations, halving }
  const first = [run(1, 'queued', 0.5, 0.6), run(2, 'queued', 0.7), run(3, 'queued'), run(4, 'failed')] // prettier-ignore
  expect(nextStep(sweep, first)).toMatchObject({ kind: 'train', run: { id: 'r2' }, untilEpoch: 2 })

  const reached = [
    run(1, 'queued', 0.5, 0.6),
    run(2, 'queued', 0.7, 0.7),
    run(3, 'queued', 0.9, 0.1),
    run(4, 'failed'),
  ]
  // The failed one takes no part: of three the better half, rounded up, is two.
  expect(nextStep(sweep, reached)).toEqual({
    kind: 'drop',
    runIds: ['r1'],
    reason: 'Others of the sweep were better after 2 epochs',
  })

  const dropped = [run(1, 'dropped', 0.5, 0.6), ...reached.slice(1)]
  const last = nextStep(sweep, dropped)
  expect(last).toMatchObject({ kind: 'train', run: { id: 'r2' } })
  expect(last).not.toMatchObject({ untilEpoch: 2 })
})

test('later epochs do not change what a round has decided', () => {
  const sweep = { configurations: configurations.slice(0, 2), halving: { keep: 0.9, epochs: 2 } }
  // Both went on; one is complete and far better now, the other still waits where the round ended.
  const runs = [run(1, 'complete', 0.5, 0.5, 0.9, 0.9), run(2, 'queued', 0.6, 0.6)]
  expect(nextStep(sweep, runs)).toMatchObject({ kind: 'train', run: { id: 'r2' } })
})

test('a paused sweep decides nothing', () => {
  const runs = [run(1, 'stopped', 0.5, 0.6), run(2, 'stopped', 0.7, 0.7)]
  expect(nextStep({ configurations, halving }, runs)).toEqual({ kind: 'rest' })
})
