import { expect, test } from 'vitest'
import { subgroupColumns, warningOf } from './subgroups.ts'

const evaluation = (...rows: number[][]) => ({ n: rows.flat().reduce((a, b) => a + b, 0), matrix: rows }) // prettier-ignore

test('a subgroup of few films, or of few of a class, is to be read with care', () => {
  expect(warningOf(evaluation([10, 0], [4, 15]))).toBe('only 29 films: read with care')
  expect(warningOf(evaluation([40, 2], [4, 5]))).toBe('only 9 films of a class: read with care')
  expect(warningOf(evaluation([40, 2], [4, 6]))).toBeUndefined()
  expect(warningOf(evaluation([0, 0], [4, 60]))).toBe('films of one class alone')
})

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
