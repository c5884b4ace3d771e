import { expect, test } from 'vitest'
import { testEpoch, testRun } from '../../../../shared/domain/testing/testRun.ts'
import { TrainingSettings } from '../../../../shared/domain/training.ts'
import { bestIn, compareTable, figureWords, nameOf, settingWords } from './compareRows.ts'
import { figureColumns } from './figureColumns.ts'
import { overlayCurves, overlayMetrics } from './overlay.ts'
import { parallelAxes, scatterPoints } from './plots.ts'
import { rowAfter } from './rowAfter.ts'
import { assignSlots, lookOf } from './runColours.ts'

const column = (key: string) => figureColumns.find((each) => each.key === key)!
const run = (id: string, valAccuracy: number | undefined, params: number, zoom = 0) =>
  testRun({
    ...{ id, name: id, params },
    settings: TrainingSettings.parse({ augmentation: { zoom } }),
    epochs: [testEpoch(1, { valAccuracy })],
  })
const options = { joined: false, everySetting: false }

test('the best of a column is marked, and nothing where all are equal', () => {
  const { rows } = compareTable(
    [run('a', 0.5, 10), run('b', 0.75, 10), run('c', 0.75, 10)],
    options,
  )
  expect([...bestIn(rows, column('valAccuracy'))]).toEqual(['b', 'c'])
  expect([...bestIn(rows, column('params'))]).toEqual([])
})

test('figures and settings are told as a person reads them', () => {
  expect(figureWords(column('gap'), { value: 0.0625, deviation: undefined, epoch: 1 })).toBe(
    '+0.063',
  )
  expect(figureWords(column('gap'), { value: -0.5, deviation: undefined, epoch: 1 })).toBe('−0.500')
  const joined = { value: 0.9125, deviation: 0.004, epoch: undefined }
  expect(figureWords(column('valAccuracy'), joined)).toBe('0.912 ± 0.004')
  expect([settingWords(true), settingWords(undefined), settingWords(0.1 + 0.2)]).toEqual([
    'on',
    '–',
    '0.3',
  ])
})

test('a row of repeats has the name that they have in common', () => {
  const [row] = compareTable(
    [1, 2].map((seed) => ({
      ...run(`tiny 1: C: 8, seed ${seed}, fold ${seed}/2`, 0.5, 10),
      settings: TrainingSettings.parse({ seed, fold: `${seed}/2` }),
    })),
    { joined: true, everySetting: false },
  ).rows
  expect(nameOf(row!)).toBe('tiny 1: C: 8')
  expect(nameOf({ run: row!.run, runs: [row!.run] })).toBe('tiny 1: C: 8, seed 1, fold 1/2')
})

test('a column that no run knows is not shown', () => {
  const keys = compareTable([run('a', undefined, 10)], options).figures.map(({ key }) => key)
  expect(keys).toEqual(['params', 'seconds'])
})

test('an overlay has a smoothed line for each run before its faint raw one, and none without values', () => {
  const [accuracy] = overlayMetrics
  const drawn = [
    { run: run('a', 0.5, 10), look: lookOf(0) },
    { run: run('b', undefined, 10), look: lookOf(9) },
  ]
  const told = (smoothing: number) =>
    overlayCurves(drawn, accuracy!, { x: 'epoch', smoothing, log: false }).map(
      ({ label, look }) => `${label}: ${look}`,
    )
  expect(told(0.6)).toEqual(['a, raw: faint', 'a: solid'])
  expect(told(0)).toEqual(['a: solid'])
})

test('curves are drawn over epochs, minutes of training, or the time at which each epoch ended', () => {
  const [accuracy] = overlayMetrics
  const timed = testRun({
    createdAt: '2026-01-01T00:00:00.000Z',
    epochs: [
      testEpoch(1, { valAccuracy: 0.5, seconds: 90 }),
      { ...testEpoch(2, { valAccuracy: 0.6, seconds: 30 }), endedAt: '2026-01-01T01:00:00.000Z' },
    ],
  })
  const xs = (x: 'epoch' | 'minutes' | 'time') =>
    overlayCurves([{ run: timed, look: lookOf(0) }], accuracy!, {
      x,
      smoothing: 0,
      log: false,
    })[0]?.points.map((point) => point.x)
  const start = Date.parse(timed.createdAt) / 1000
  expect(xs('epoch')).toEqual([1, 2])
  expect(xs('minutes')).toEqual([1.5, 2])
  expect(xs('time')).toEqual([start + 90, start + 3600])
})

test('points and lines are the rows of the table, what varies first and the accuracy last', () => {
  const table = compareTable(
    [run('a', 0.5, 10, 0.1), run('b', 0.75, 20), run('c', undefined, 5)],
    options,
  )
  const points = scatterPoints(table.rows, new Map([['b', '--run-1']]))
  expect(points.map(({ id, cost, value, colour }) => [id, cost, value, colour])).toEqual([
    ['a', 10, 0.5, undefined],
    ['b', 20, 0.75, '--run-1'],
  ])
  expect(parallelAxes(table, table.rows)).toEqual([
    { label: 'Zoom', values: [0.1, 0, 0] },
    { label: 'Parameters', values: [10, 20, 5] },
    { label: 'Val. accuracy', values: [0.5, 0.75, undefined] },
  ])
})

test('the ninth run has the first colour again, dashed', () => {
  const slots = assignSlots(new Map(), ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'])
  expect(lookOf(slots.get('a')!)).toEqual({ colour: '--run-1', dashed: false })
  expect(lookOf(slots.get('i')!)).toEqual({ colour: '--run-1', dashed: true })
})

test('keys move through the rows and stop at both ends', () => {
  expect(['ArrowDown', 'PageDown', 'End'].map((key) => rowAfter(key, 0, 4))).toEqual([1, 3, 3])
  expect(['ArrowUp', 'PageUp', 'Home'].map((key) => rowAfter(key, 0, 4))).toEqual([0, 0, 0])
  expect(rowAfter('a', 0, 4)).toBeUndefined()
})
