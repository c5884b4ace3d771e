import { expect, test } from 'vitest'
import { dragged, gestureOf, mousePresets, wheelFactor, wheelSteps, windowed } from './mouse.ts'
import { apply, filmToPane, freshView, inverse } from './view.ts'

const view = freshView({ centre: 128, width: 200 })
const film = { width: 100, height: 100, minimum: 0, maximum: 1024 }
const pane = { width: 500, height: 500 }
const drag = (x: number, y: number) => ({ pressed: { x: 100, y: 400 }, by: { x, y } })

test('radiologists window with the left button, the simple way pans with it', () => {
  expect([0, 1, 2].map((button) => gestureOf(mousePresets.radiology, button))).toEqual([
    'window',
    'pan',
    'zoom',
  ])
  expect([0, 2].map((button) => gestureOf(mousePresets.simple, button))).toEqual(['pan', 'window'])
  expect(gestureOf(mousePresets.simple, 4)).toBeUndefined()
})

test('a pixel of the mouse is 1/1024 of the range: across widens, down darkens', () => {
  const next = dragged(view, 'window', drag(10, 4), film, pane)
  expect([next.width, next.centre]).toEqual([210, 132])
  expect(windowed(view, { x: 0, y: 4 }, 255).centre).toBeCloseTo(129, 1)
})

test('down darkens an inverted film too', () => {
  expect(windowed({ ...view, invert: true }, { x: 0, y: 4 }, 1024).centre).toBe(124)
})

test('the window is never narrower than one grey value', () => {
  expect(dragged(view, 'window', drag(-900, 0), film, pane).width).toBe(1)
})

test('panning follows the mouse', () => {
  expect(dragged(view, 'pan', drag(10, -3), film, pane).pan).toEqual({ x: 10, y: -3 })
})

test('zooming by dragging keeps the pressed point where it is', () => {
  const { pressed } = drag(0, 0)
  const under = apply(inverse(filmToPane(view, film, pane)), pressed)
  const next = dragged(view, 'zoom', drag(0, 100), film, pane)
  expect(next.zoom).toBeCloseTo(Math.E, 9)
  const now = apply(filmToPane(next, film, pane), under)
  expect(now.x).toBeCloseTo(pressed.x, 9)
  expect(now.y).toBeCloseTo(pressed.y, 9)
})

test('turning the wheel up zooms in, and back out again', () => {
  expect(wheelFactor(-100)).toBeGreaterThan(1)
  expect(wheelFactor(-100) * wheelFactor(100)).toBeCloseTo(1, 12)
})

test('one notch is one film, and the small turns of a touch pad add up', () => {
  expect(wheelSteps(0, 120)).toEqual({ steps: 1, rest: 0 })
  expect(wheelSteps(30, -53)).toEqual({ steps: -1, rest: 0 })
  expect(wheelSteps(0, 20)).toEqual({ steps: 0, rest: 20 })
  expect(wheelSteps(40, 20)).toEqual({ steps: 1, rest: 0 })
  expect(wheelSteps(40, -20)).toEqual({ steps: 0, rest: -20 })
})
