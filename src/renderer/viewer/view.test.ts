import { expect, test } from 'vitest'
import {
  actualSize,
  apply,
  filmToPane,
  fitScale,
  freshView,
  inverse,
  isFitted,
  mirrored,
  panned,
  scaleOf,
  turned,
  zoomed,
  zoomedAt,
  type Point,
  type View,
} from './view.ts'

/** A film of 200×100 in a pane of 400×400 is drawn twice as large, from (0, 100) to (400, 300). */
const film = { width: 200, height: 100 }
const pane = { width: 400, height: 400, pixelRatio: 2 }
const fresh = freshView

const lands = (view: View, point: Point) => {
  const { x, y } = apply(filmToPane(view, film, pane), point)
  return { x: Math.round(x * 1000) / 1000, y: Math.round(y * 1000) / 1000 }
}

test('a fresh view shows the whole film in the middle of the pane', () => {
  expect(fitScale(film, pane, 0)).toBe(2)
  expect(lands(fresh, { x: 0, y: 0 })).toEqual({ x: 0, y: 100 })
  expect(lands(fresh, { x: 200, y: 100 })).toEqual({ x: 400, y: 300 })
})

test('a quarter turn to the right brings the top left corner to the top right', () => {
  const view = turned(fresh, 'right')
  expect(scaleOf(view, film, pane)).toBe(2)
  expect(lands(view, { x: 0, y: 0 })).toEqual({ x: 300, y: 0 })
  expect(lands(view, { x: 200, y: 0 })).toEqual({ x: 300, y: 400 })
})

test('flipping mirrors what is seen, also of a turned film', () => {
  expect(lands(mirrored(fresh, 'horizontal'), { x: 0, y: 0 })).toEqual({ x: 400, y: 100 })
  expect(lands(mirrored(fresh, 'vertical'), { x: 0, y: 0 })).toEqual({ x: 0, y: 300 })
  const turnedFilm = turned(fresh, 'right')
  expect(lands(mirrored(turnedFilm, 'horizontal'), { x: 0, y: 0 })).toEqual({ x: 100, y: 0 })
  expect(lands(mirrored(turnedFilm, 'vertical'), { x: 0, y: 0 })).toEqual({ x: 300, y: 400 })
})

test('flipping both ways is half a turn and not a mirrored film', () => {
  const view = mirrored(mirrored(fresh, 'horizontal'), 'vertical')
  expect(view.flipped).toBe(false)
  expect(view.rotation).toBe(180)
})

test('what lies in the middle of the pane stays there when the film is turned or flipped', () => {
  const view = panned(zoomed(fresh, 3, film, pane), { x: 30, y: -12 })
  const middle = (of: View) => apply(inverse(filmToPane(of, film, pane)), { x: 200, y: 200 })
  const changed = [turned(view, 'left'), turned(view, 'right'), mirrored(view, 'horizontal')]
  // A turned film has another fit scale, so its zoom means another size; here both are 2.
  for (const next of [...changed, mirrored(view, 'vertical')]) {
    expect(middle(next).x).toBeCloseTo(middle(view).x, 9)
    expect(middle(next).y).toBeCloseTo(middle(view).y, 9)
  }
})

test('four turns to the right lead back', () => {
  let view = panned(fresh, { x: 7, y: 3 })
  for (let turn = 0; turn < 4; turn++) view = turned(view, 'right')
  expect(view.rotation).toBe(0)
  expect(view.pan).toEqual({ x: 7, y: 3 })
})

test('zooming at a point leaves the film under that point where it is', () => {
  const anchor = { x: 100, y: 150 }
  const before = apply(inverse(filmToPane(fresh, film, pane)), anchor)
  const view = zoomedAt(fresh, 2.5, anchor, film, pane)
  expect(view.zoom).toBe(2.5)
  expect(lands(view, before)).toEqual(anchor)
})

test('zooming stops at 64 CSS pixels a film pixel and at a tenth of the fit', () => {
  expect(scaleOf(zoomed(fresh, 1e9, film, pane), film, pane)).toBe(64)
  expect(zoomed(fresh, 1e-9, film, pane).zoom).toBe(0.1)
})

test('actual size puts one film pixel on one pixel of the screen', () => {
  const view = actualSize(fresh, { x: 200, y: 200 }, film, pane)
  expect(scaleOf(view, film, pane) * pane.pixelRatio).toBe(1)
  expect(isFitted(view)).toBe(false)
  expect(isFitted(fresh)).toBe(true)
})

test('a film of one pixel fills the pane, and one of 8,000 × 8,000 is drawn at a twentieth', () => {
  expect(fitScale({ width: 1, height: 1 }, pane, 0)).toBe(400)
  expect(fitScale({ width: 8000, height: 8000 }, pane, 90)).toBe(0.05)
  const one = { width: 1, height: 1 }
  expect(zoomed(fresh, 2, one, pane).zoom).toBe(1)
})

test('pixels twice as high as wide are drawn so, and turned with the film', () => {
  // 200 × 100 such pixels are a square of 200 by 200 widths: twice as large, it fills the pane.
  const tall = { ...film, aspect: 2 }
  const at = (view: View, point: Point) => apply(filmToPane(view, tall, pane), point)
  expect(fitScale(tall, pane, 0)).toBe(2)
  expect(at(fresh, { x: 200, y: 50 })).toEqual({ x: 400, y: 200 })
  const right = at(turned(fresh, 'right'), { x: 200, y: 50 })
  expect([right.x, right.y]).toEqual([200, 400])
})
