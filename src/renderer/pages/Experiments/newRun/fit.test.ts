import { expect, test } from 'vitest'
import type { ClassCount, Dataset } from '../../../../shared/domain/dataset.ts'
import { TrainingSettings } from '../../../../shared/domain/training.ts'
import { describeSplit, fitOf } from './fit.ts'

const counted = (className: string, change: Partial<ClassCount>): ClassCount => ({
  className,
  train: 0,
  validation: 0,
  test: 0,
  unassigned: 0,
  ...change,
})
const dataset = (...counts: ClassCount[]): Dataset => ({
  id: 'd1',
  name: 'Films',
  createdAt: '2026-01-02T03:04:05Z',
  layout: 'classes',
  classes: counts.map(({ className }) => className),
  images: 10,
  patients: 10,
  refused: 0,
  duplicates: 0,
  synthetic: false,
  counts,
})
const settings = TrainingSettings.parse({})
const titles = (films: Dataset | undefined, change: Partial<TrainingSettings> = {}) =>
  fitOf({ dataset: films, settings: { ...settings, ...change } }).map(({ title }) => title)
const even = dataset(counted('NORMAL', { train: 50 }), counted('PNEUMONIA', { unassigned: 50 }))

test('two even classes for a network of two classes fit', () => {
  expect(titles(even)).toEqual([])
})

test('without a data set nothing can start', () => {
  expect(titles(undefined)).toEqual(['No data set'])
})

test('films of one class, or of none, have nothing to be told apart', () => {
  expect(titles(dataset(counted('a', { train: 5 })))).toEqual(['The films are all of one class'])
  expect(titles(dataset())).toContain('The films have no classes')
})

test('a class whose films all stand in the test part cannot be learnt', () => {
  const films = dataset(counted('NORMAL', { train: 5 }), counted('PNEUMONIA', { test: 5 }))
  expect(titles(films)).toEqual(['A class has no training films'])
})

test('uneven classes are told unless class weights are on', () => {
  const films = dataset(counted('NORMAL', { train: 1341 }), counted('PNEUMONIA', { train: 3875 }))
  expect(titles(films)).toEqual(['The classes are 1 : 2.9'])
  expect(titles(films, { classWeights: true })).toEqual([])
})

test('a training without validation films is warned of, unless the data set brings some', () => {
  expect(titles(even, { validationShare: 0 })).toEqual(['No film is held out'])
  const split = dataset(
    counted('NORMAL', { train: 9, validation: 4 }),
    counted('PNEUMONIA', { train: 9 }),
  )
  expect(titles(split, { validationShare: 0 })).toEqual([])
  expect(describeSplit(settings, split)).toContain('brings 4 validation films')
  expect(describeSplit(settings, even)).toContain('20 % of the training patients')
  const second = { ...settings, validationShare: 0, fold: '2/5' }
  expect(titles(even, second)).toEqual([])
  expect(describeSplit(second, split)).toContain('5 folds by the seed')
  const unsplit = dataset(counted('NORMAL', { unassigned: 9 }), counted('TB', { unassigned: 9 }))
  expect(describeSplit(settings, unsplit)).toContain('15 % of the patients are kept for the test')
})

test('a step that takes most of the memory is warned of', () => {
  const summary = { layers: [], totalParams: 1, trainableParams: 1, trainingBytes: 6e9, macs: 1 }
  const advice = fitOf({ dataset: even, settings, summary, memoryBytes: 8e9 })
  expect(advice[0]?.text).toContain('6,000 MB; this machine has 8,000 MB')
})
