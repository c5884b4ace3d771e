import { expect, test } from 'vitest'
import { subgroupColumns } from './subgroups.ts'

test('sensitivity opens the films that are cases, specificity the healthy, and more classes have neither', () => {
  const columns = subgroupColumns(['NORMAL', 'PNEUMONIA'])
  expect(columns.map(({ name, label }) => [name, label])).toEqual([
    ['AUC', undefined],
    ['Sensitivity', 1],
    ['Specificity', 0],
    ['Accuracy', undefined],
  ])
  expect(subgroupColumns(['a', 'b', 'c']).map(({ name }) => name)).toEqual([
    ...['Accuracy', 'Balanced accuracy', 'Macro AUC'],
  ])
})
