import { expect, test } from 'vitest'
import { testEpoch, testRun } from '../../../../shared/domain/testing/testRun.ts'
import { adviseOn } from './advice.ts'

const titles = (run: Parameters<typeof adviseOn>[0]) => adviseOn(run).map(({ title }) => title)

test('a run that goes well needs no advice', () => {
  const epochs = [testEpoch(1, { valLoss: 0.6, valAccuracy: 0.8 })]
  expect(adviseOn(testRun({ epochs, bestEpoch: 1, baselineAccuracy: 0.7 }))).toEqual([])
})

test('a failure is told with its reason and what was kept', () => {
  const run = testRun({ status: 'failed', reason: 'Out of memory.', epochs: [testEpoch(1)] })
  expect(adviseOn(run)).toEqual([
    {
      kind: 'problem',
      title: 'The training failed',
      text: 'Out of memory.\n1 finished epoch kept.',
    },
  ])
})

test('an interruption says that it can go on', () => {
  expect(adviseOn(testRun({ status: 'interrupted' }))[0]?.text).toContain('Resume')
})

test('three epochs at or below the share of the largest class are no better than guessing', () => {
  const epochs = [1, 2, 3].map((epoch) => testEpoch(epoch, { valAccuracy: 0.74 }))
  expect(titles(testRun({ epochs, baselineAccuracy: 0.74 }))).toEqual([
    'No better than guessing so far',
  ])
})

test('a gap that grew for three epochs while training loss fell is told', () => {
  const epochs = [1, 2, 3, 4].map((epoch) =>
    testEpoch(epoch, { loss: 0.5 - epoch / 10, valLoss: 0.5 }),
  )
  expect(titles(testRun({ epochs }))).toEqual(['The gap between training and validation grows'])
  expect(titles(testRun({ epochs: epochs.slice(1) }))).toEqual([])
})

test('five epochs without a better one are a plateau while the run goes on', () => {
  const epochs = [1, 2, 3, 4, 5, 6].map((epoch) => testEpoch(epoch))
  expect(titles(testRun({ epochs, bestEpoch: 1 }))).toEqual(['No better epoch for 5 epochs'])
  expect(titles(testRun({ epochs, bestEpoch: 1, status: 'complete' }))).toEqual([])
})
