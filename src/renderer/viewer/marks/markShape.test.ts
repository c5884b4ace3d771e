import { expect, test } from 'vitest'
import { filmToPane, freshView, turned } from '../view.ts'
import { markShape } from './markShape.ts'

/** Two CSS pixels a film pixel. */
const film = { width: 100, height: 100 }
const pane = { width: 200, height: 200 }
const matrix = filmToPane(freshView, film, pane)

test('a rectangle keeps its corners on the film’s rows and columns when the film is turned', () => {
  const points = [
    { x: 10, y: 10 },
    { x: 30, y: 20 },
  ]
  const [outline] = markShape('rectangle', points, matrix)!.lines
  expect(outline).toEqual([
    { x: 20, y: 20 },
    { x: 60, y: 20 },
    { x: 60, y: 40 },
    { x: 20, y: 40 },
    { x: 20, y: 20 },
  ])
  const quarter = filmToPane(turned(freshView, 'right'), film, pane)
  const [rotated] = markShape('rectangle', points, quarter)!.lines
  expect([rotated![0], rotated![1]]).toEqual([
    { x: 180, y: 20 },
    { x: 180, y: 60 },
  ])
})

test('an angle is one line through its corner, a ratio two lines', () => {
  const [a, b, c, d] = [0, 10, 20, 30].map((x) => ({ x, y: x }))
  expect(markShape('angle', [a!, b!, c!], matrix)!.lines.map((line) => line.length)).toEqual([3])
  const ratio = markShape('ratio', [a!, b!, c!, d!], matrix)!
  expect(ratio.lines.map((line) => line.length)).toEqual([2, 2])
  expect(ratio.handles.length).toBe(4)
  expect(markShape('ratio', [a!, b!, c!], matrix)!.lines.length).toBe(1)
})

test('an arrow’s head lies at its first point', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 50, y: 0 },
  ]
  const [, head] = markShape('arrow', points, matrix)!.lines
  expect(head![1]).toEqual({ x: 0, y: 0 })
  expect(head![0]!.x).toBeCloseTo(12 * Math.cos(0.45), 9)
})

test('nothing is drawn of a mark without points', () => {
  expect(markShape('length', [], matrix)).toBeUndefined()
  expect(markShape('length', [{ x: 1, y: 1 }], matrix)!.lines).toEqual([])
})
