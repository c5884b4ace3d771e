import { expect, test } from 'vitest'
import { turnedOver } from './film.ts'
import { dragged, wheelFactor, wheelSteps, windowed } from './mouse.ts'
import { testFilm } from './testFilm.ts'
import { apply, filmToPane, freshView, inverse, type View } from './view.ts'
import { scaleOfGrey } from './windowPresets.ts'

const view = freshView
/** Real values 0 to 1024, shown from 0 to 200. */
const film = testFilm(Uint16Array.of(0, 1024), {
  ...{ rows: 100, columns: 100 },
  windows: [{ kind: 'window', label: '', centre: 100, width: 200, shape: 'linear-exact' }],
})
const pane = { width: 500, height: 500 }
const drag = (x: number, y: number) => ({ pressed: { x: 100, y: 400 }, by: { x, y } })

const window = ({ grey }: View) => {
  const { centre, width } = scaleOfGrey(film, grey)
  return { centre, width }
}

test('a pixel of the mouse is 1/1024 of the range: across widens, down darkens', () => {
  const next = dragged(view, 'window', drag(10, 4), film, pane)
  expect(window(next)).toEqual({ centre: 104, width: 210 })
})

test('down darkens an inverted film too, and one that was turned over twice as before', () => {
  const down = { x: 0, y: 4 }
  expect(window(windowed({ ...view, invert: true }, film, down)).centre).toBe(96)
  expect(window(windowed(view, turnedOver(film), down)).centre).toBe(96)
  expect(window(windowed({ ...view, invert: true }, turnedOver(film), down)).centre).toBe(104)
})

test('the window is never narrower than one grey value', () => {
  expect(window(dragged(view, 'window', drag(-900, 0), film, pane)).width).toBe(1)
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
