import { expect, test } from 'vitest'
import { across, down, plotBox, polyline } from './sharePlot.ts'

test('0 and 1 lie at the corners of the box, and y grows upwards', () => {
  const { left, top, size } = plotBox
  expect([across(0), across(1)]).toEqual([left, left + size])
  expect([down(0), down(1)]).toEqual([top + size, top])
  expect(polyline([{ x: 0, y: 0 }, { x: 1, y: 1 }])).toBe(`${left}.0,${top + size}.0 ${left + size}.0,${top}.0`) // prettier-ignore
})
