import { expect, test } from 'vitest'
import { across, down, nearestPoint, plotBox, polyline } from './sharePlot.ts'

test('0 and 1 lie at the corners of the box, and y grows upwards', () => {
  const { left, top, size } = plotBox
  expect([across(0), across(1)]).toEqual([left, left + size])
  expect([down(0), down(1)]).toEqual([top + size, top])
  expect(polyline([{ x: 0, y: 0 }, { x: 1, y: 1 }])).toBe(`${left}.0,${top + size}.0 ${left + size}.0,${top}.0`) // prettier-ignore
})

test('a place of the drawing finds the point that lies nearest to it', () => {
  const points = [0, 0.5, 1].map((x) => ({ x, y: x * x }))
  expect(nearestPoint(points, across(0.45), down(0.3))).toBe(1)
  expect(nearestPoint(points, across(2), down(0))).toBe(2)
  expect(nearestPoint(points, -100, down(0))).toBe(0)
})
