import { expect, test } from 'vitest'
import { testEpoch, testRun } from '../../../../shared/domain/testing/testRun.ts'
import { runCharts } from './runCharts.ts'

const epochs = [testEpoch(1, { valLoss: 0.6, valAccuracy: 0.8 }), testEpoch(2, { valLoss: 0.4 })]

test('training is dashed and validation solid, epoch by epoch', () => {
  const [loss] = runCharts(testRun({ epochs, bestEpoch: 2 }), [], 0.6)
  expect(loss?.curves.map(({ label, look }) => `${label} ${look}`)).toEqual([
    'Training dashed',
    'Validation solid',
  ])
  expect(loss?.curves[1]?.points).toEqual([
    { x: 1, y: 0.6 },
    { x: 2, y: 0.4 },
  ])
  expect(loss?.marks.at).toEqual({ x: 2, label: 'best: 2' })
})

test('what guessing reaches is a line in the chart of accuracy', () => {
  const [, accuracy] = runCharts(testRun({ epochs, baselineAccuracy: 0.743 }), [], 0.6)
  expect(accuracy?.marks.level).toEqual({ y: 0.743, label: 'guessing: 74 %' })
})

test('batches are smoothed and their raw line stays behind', () => {
  const trace = [
    { x: 0.5, loss: 1, accuracy: 0 },
    { x: 1, loss: 0, accuracy: 1 },
  ]
  const [loss] = runCharts(testRun(), trace, 0)
  expect(loss?.curves.map(({ label }) => label).slice(0, 2)).toEqual(['Batches, raw', 'Batches'])
})

test('there is no chart of AUC before there is one', () => {
  expect(runCharts(testRun({ epochs }), [], 0)).toHaveLength(2)
  const withAuc = [testEpoch(1, { valAuc: 0.9 })]
  expect(runCharts(testRun({ epochs: withAuc }), [], 0)[2]?.title).toBe('Validation AUC')
})
