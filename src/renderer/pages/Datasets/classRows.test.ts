import { expect, test } from 'vitest'
import { classRows, usedParts } from './classRows.ts'

const counts = [
  { className: 'NORMAL', train: 30, validation: 0, test: 10, unassigned: 0 },
  { className: 'PNEUMONIA', train: 120, validation: 0, test: 40, unassigned: 0 },
]

test('parts without films have no column', () => {
  expect(usedParts(counts)).toEqual(['train', 'test'])
})

test('each class has its counts and share, and all of them stand below', () => {
  expect(classRows(counts, ['train', 'test'])).toEqual([
    { className: 'NORMAL', cells: [30, 10], total: 40, share: '20 %' },
    { className: 'PNEUMONIA', cells: [120, 40], total: 160, share: '80 %' },
    { className: 'All', cells: [150, 50], total: 200, share: '100 %' },
  ])
})
