import { expect, test } from 'vitest'
import { ModelSpec } from '../domain/modelSpec.ts'
import { preprocessingNamed } from '../domain/preprocessing.ts'
import { testEpoch, testRun } from '../domain/testing/testRun.ts'
import { TrainingSettings } from '../domain/training.ts'
import { paretoFront } from './paretoFront.ts'
import { largestDrop, runFigures } from './runFigures.ts'
import { scalarsCsv } from './scalarsCsv.ts'
import { differingSettings, groupRepeats, settingsOf } from './settings.ts'
import { spread } from './spread.ts'

test('a run is judged by its best epoch, not its last, and by how steady it was', () => {
  const epochs = [
    testEpoch(1, { accuracy: 0.7, valAccuracy: 0.75, valLoss: 0.6, seconds: 30 }),
    testEpoch(2, { accuracy: 0.875, valAccuracy: 0.8125, valLoss: 0.5, seconds: 20 }),
    testEpoch(3, { accuracy: 0.9375, valAccuracy: 0.5625, valLoss: 0.9, seconds: 20 }),
    testEpoch(4, { accuracy: 0.96875, valAccuracy: 0.8125, valLoss: 0.55, seconds: 20 }),
  ]
  expect(runFigures(testRun({ epochs }))).toEqual({
    valAccuracy: { value: 0.8125, epoch: 2 },
    valLoss: { value: 0.5, epoch: 2 },
    valAuc: undefined,
    accuracyAtBest: 0.875,
    gap: 0.0625,
    lastAccuracy: 0.96875,
    lastValAccuracy: 0.8125,
    lastGap: 0.15625,
    stability: 0.25,
    testAccuracy: undefined,
    params: 65,
    epochs: 4,
    seconds: 90,
  })
})

test('what a run without validation cannot know is unknown, and a diverged epoch is never the best', () => {
  expect(runFigures(testRun({ epochs: [testEpoch(1)] }))).toMatchObject({
    valAccuracy: undefined,
    gap: undefined,
    stability: undefined,
  })
  const diverged = [testEpoch(1, { valLoss: 0.7 }), testEpoch(2, { valLoss: NaN })]
  expect(runFigures(testRun({ epochs: diverged })).valLoss).toEqual({ value: 0.7, epoch: 1 })
})

test('the largest drop counts one step, not the way down over several', () => {
  expect(largestDrop([0.5, 1, 0.75, 0.5])).toBe(0.25)
  expect(largestDrop([0.5, 0.6])).toBe(0)
  expect(largestDrop([0.5])).toBeUndefined()
})

test('the Pareto front holds what nothing cheaper equals, cheapest first', () => {
  const front = paretoFront([
    { name: 'large and worse', cost: 900, value: 0.8 },
    { name: 'large', cost: 800, value: 0.9 },
    { name: 'small', cost: 100, value: 0.7 },
    { name: 'as good, dearer', cost: 200, value: 0.7 },
    { name: 'the same', cost: 100, value: 0.7 },
  ])
  expect(front.map(({ name }) => name)).toEqual(['small', 'the same', 'large'])
})

test('a spread is the mean and the deviation of the sample', () => {
  // Deviations −1, 0, 1: squares sum to 2, over n − 1 = 2.
  expect(spread([1, 2, undefined, 3])).toEqual({ n: 3, mean: 2, deviation: 1 })
  expect(spread([4])).toEqual({ n: 1, mean: 4, deviation: undefined })
  expect(spread([undefined])).toBeUndefined()
})

const network = (filters: number, units: number, rate: number) =>
  ModelSpec.parse({
    ...testRun().spec,
    layers: [
      { type: 'conv2d', filters, activation: 'relu' },
      { type: 'maxPool' },
      { type: 'dropout', rate },
      { type: 'conv2d', filters: 2 * filters, kernel: [5, 5], activation: 'relu' },
      { type: 'batchNormalization' },
      { type: 'globalAveragePool' },
      { type: 'dense', units, activation: 'relu' },
      { type: 'dense', units: 1, activation: 'sigmoid' },
    ],
  })

test('a network is told by what a person varies in it', () => {
  const told = settingsOf(testRun({ spec: network(16, 8, 0.25) }))
  const values = new Map(told.map(({ label, value }) => [label, value]))
  expect(values.get('Filters')).toBe('16 32')
  expect(values.get('Kernel')).toBe('3 5')
  expect(values.get('Pooling')).toBe('max 2 global average')
  expect(values.get('Dense units')).toBe(8)
  expect(values.get('Dropout')).toBe(0.25)
  expect(values.get('Batch norm')).toBe(1)
  expect(values.get('Flip horizontal')).toBe(false)
})

test('a comparison shows only what differs, and layers in words only where nothing else tells', () => {
  const settings = TrainingSettings.parse({ batchSize: 64, augmentation: { zoom: 0.2 } })
  const runs = [
    testRun({ spec: network(16, 8, 0.25) }),
    testRun({ spec: network(16, 4, 0.25), settings }),
  ]
  const told = differingSettings(runs).map(({ label, values }) => [label, values])
  expect(told).toEqual([
    ['Dense units', [8, 4]],
    ['Batch size', [32, 64]],
    ['Zoom', [0, 0.2]],
  ])
  const raw = TrainingSettings.parse({ preprocessing: preprocessingNamed('l2') })
  const scales = differingSettings([testRun(), testRun({ settings: raw })])
  expect(scales.map(({ label, values }) => [label, values])).toEqual([
    ['Normalisation', ['unit', 'l2']],
  ])
  const { spec } = testRun()
  const named = {
    ...spec,
    layers: [{ type: 'activation', activation: 'elu' } as const, ...spec.layers],
  }
  const layers = differingSettings([testRun(), testRun({ spec: named })])
  expect(layers).toEqual([
    {
      key: 'network.layers',
      label: 'Layers',
      values: ['flatten · dense 1', 'activation · flatten · dense 1'],
    },
  ])
})

test('runs that differ in nothing but the seed stand together', () => {
  const seeded = (id: string, seed: number, epochs = 10) =>
    testRun({ id, settings: TrainingSettings.parse({ seed, epochs }) })
  const groups = groupRepeats([seeded('a', 1), seeded('b', 1, 20), seeded('c', 2)])
  expect(groups.map((group) => group.map(({ id }) => id))).toEqual([['a', 'c'], ['b']])
})

test('a run whose split leaks says so on every line of the CSV, beside runs that are sound', () => {
  const leak = {
    overlaps: [{ kind: 'patient' as const, parts: ['train' as const, 'test' as const] as ['train', 'test'], groups: 2, films: [3, 4] as [number, number] }], // prettier-ignore
    sizes: { train: 9, validation: 0, test: 5 },
  }
  const epochs = [testEpoch(1)]
  const rows = scalarsCsv([testRun({ epochs, leak }), testRun({ epochs })]).split('\r\n')
  expect(rows[0]).toMatch(/,best,training_leak$/)
  expect(rows[1]).toContain('LEAKY SPLIT: 2 patients in training and test (3 and 4 films).')
  expect(rows[2]).toMatch(/,0,$/)
})

test('all scalars of several runs are one CSV, with unknown figures left empty', () => {
  const run = testRun({ name: 'a, b', epochs: [testEpoch(1, { valLoss: 0.25, best: true })] })
  expect(scalarsCsv([run]).split('\r\n')).toEqual([
    'runId,run,epoch,loss,accuracy,valLoss,valAccuracy,valAuc,learningRate,seconds,imagesPerSecond,best',
    'r1,"a, b",1,0.5,0.7,0.25,,,0.001,60,70,1',
    '',
  ])
})
