import { expect, test } from 'vitest'
import { rangeOf } from './rotationRange.ts'
import { Augmentation, TrainingSettings } from '../../../../shared/domain/training.ts'
import { augmentationGroups, augmentationRules, trainingRules } from './fields.ts'

test('the bounds of every field are those that main accepts', () => {
  for (const [key, { min, max, whole }] of Object.entries(trainingRules)) {
    const taken = (value: number) => TrainingSettings.safeParse({ [key]: value }).success
    // Patience has no upper bound of its own; more than all epochs means nothing.
    const over = key === 'patience' ? -1 : max + (whole ? 1 : 0.001)
    expect([key, taken(min), taken(max), taken(min - 1), taken(over)]).toEqual([
      key,
      ...[true, true, false, false],
    ])
  }
})

test('the bounds of every augmentation are those that main accepts', () => {
  for (const [key, { min, max }] of Object.entries(augmentationRules)) {
    const taken = (value: number) => Augmentation.safeParse({ [key]: value }).success
    expect([key, taken(min), taken(max), taken(min - 1), taken(max + 0.001)]).toEqual([
      key,
      ...[true, true, false, false],
    ])
  }
})

test('every augmentation stands in one group', () => {
  const grouped = augmentationGroups.flatMap(({ fields }) => fields)
  expect([...grouped].sort()).toEqual(Object.keys(augmentationRules).sort())
})

test('a range of angles needs both ends, the lower one first', () => {
  expect(rangeOf([0.1, 1.3])).toEqual([0.1, 1.3])
  expect([rangeOf([0.1, undefined]), rangeOf([1, 0.5]), rangeOf([0, 3])]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
