import { expect, test } from 'vitest'
import { middle } from './inner.ts'

test('the middle of a film has as much left away on either side, an odd line below and right', () => {
  const pixels = Uint8Array.from({ length: 6 * 5 }, (_, at) => at)
  const { rows, columns, pixels: kept } = middle({ rows: 6, columns: 5, pixels }, 0.5)
  expect([rows, columns]).toEqual([3, 3])
  expect([...kept]).toEqual([6, 7, 8, 11, 12, 13, 16, 17, 18])
})
