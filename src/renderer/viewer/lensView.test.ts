import { expect, test } from 'vitest'
import { lensView } from './lensView.ts'
import { apply, filmToPane, freshView, inverse, mirrored, panned, scaleOf, turned } from './view.ts'

test('the lens shows the point under the pointer in its middle, at its power, however the film lies', () => {
  const film = { width: 300, height: 200, aspect: 1.2 }
  const pane = { width: 500, height: 400 }
  const lens = { width: 220, height: 220 }
  const view = mirrored(turned(panned(freshView, { x: 30, y: -20 }), 'right'), 'vertical')
  const pointer = { x: 123, y: 77 }
  const under = apply(inverse(filmToPane(view, film, pane)), pointer)
  const through = lensView(view, film, { pane, lens, pointer, power: 2.5 })
  const shown = apply(filmToPane(through, film, lens), under)
  expect(shown.x).toBeCloseTo(110, 9)
  expect(shown.y).toBeCloseTo(110, 9)
  expect(scaleOf(through, film, lens) / scaleOf(view, film, pane)).toBeCloseTo(2.5, 9)
})
