import { expect, test } from 'vitest'
import { chanceWords } from './chanceWords.ts'

test('a chance is told to two or three places, and never as none', () => {
  expect([0, 0.00099, 0.001, 0.0312, 0.25, 1].map(chanceWords)).toEqual([
    ...['p < 0.001', 'p < 0.001', 'p = 0.001', 'p = 0.031', 'p = 0.25', 'p = 1.00'],
  ])
})
