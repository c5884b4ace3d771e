import { expect, test } from 'vitest'
import { gridWindow, moveBy, scrollTo } from './gridWindow.ts'

const box = { width: 800, height: 600, scrollTop: 0, side: 128, total: 50_000 }

test('columns fill the width and rows cover every film', () => {
  const window = gridWindow(box)
  // (800 + 8) / (128 + 8) = 5.9; a cell is 808 / 5 − 8 wide, a row 20 + 8 higher.
  expect(window).toMatchObject({ columns: 5, cellWidth: 153, rowHeight: 181 })
  expect(window.totalHeight).toBe(10_000 * 181 - 8)
})

test('at most 200 cells are drawn, whatever the size of the window', () => {
  for (const side of [96, 128, 256]) {
    for (const width of [300, 1300, 3400]) {
      const { first, end } = gridWindow({ ...box, width, height: 1900, side, scrollTop: 40_000 })
      expect(end - first).toBeLessThanOrEqual(200)
      expect(end).toBeGreaterThan(first)
    }
  }
})

test('what is in view is drawn, at the top, in the middle and at the end', () => {
  const { totalHeight } = gridWindow(box)
  for (const scrollTop of [0, 12_345, totalHeight - 600]) {
    const { first, end, columns, rowHeight } = gridWindow({ ...box, scrollTop })
    expect((first / columns) * rowHeight).toBeLessThanOrEqual(scrollTop)
    expect(Math.ceil(end / columns) * rowHeight).toBeGreaterThanOrEqual(scrollTop + 600 - 8)
  }
})

test('an empty grid draws nothing', () => {
  expect(gridWindow({ ...box, total: 0 })).toMatchObject({ first: 0, end: 0, totalHeight: 0 })
})

test('a film in view needs no scrolling, one below comes to the lower edge', () => {
  const window = gridWindow(box)
  expect(scrollTo(0, window, box)).toBe(0)
  expect(scrollTo(50, window, box)).toBe(11 * 181 - 600)
})

test('arrow keys move by films and rows, and stop at the ends', () => {
  expect(moveBy('ArrowDown', 3, 5, 3, 100)).toBe(8)
  expect(moveBy('PageUp', 3, 5, 3, 100)).toBe(0)
  expect(moveBy('End', 3, 5, 3, 100)).toBe(99)
  expect(moveBy('a', 3, 5, 3, 100)).toBeUndefined()
})
