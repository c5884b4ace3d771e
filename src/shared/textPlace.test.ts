import { expect, test } from 'vitest'
import { markedLine, placeIn } from './textPlace.ts'

test('lines and columns count from one, positions from zero', () => {
  expect(placeIn('ab\ncde', 4, 2)).toEqual({ position: 4, length: 2, line: 2, column: 2 })
  expect(placeIn('', 0, 0)).toEqual({ position: 0, length: 1, line: 1, column: 1 })
})

test('the mark stands under the place and ends with its line', () => {
  expect(markedLine('ab\ncde\nf', placeIn('ab\ncde\nf', 4, 9))).toBe('  cde\n   ^^')
})
