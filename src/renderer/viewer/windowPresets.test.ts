import { expect, test } from 'vitest'
import { turnedOver } from './film.ts'
import { testFilm } from './testFilm.ts'
import {
  edgesOfGrey,
  moved,
  presetLabel,
  presetScale,
  scaleOfGrey,
  unchanged,
  withEdges,
} from './windowPresets.ts'

/** A thousand values 0 … 999, one each. */
const even = testFilm(
  Uint16Array.from({ length: 1000 }, (_, value) => value),
  {
    windows: [
      { kind: 'window', label: '', centre: 500, width: 100, shape: 'linear' },
      { kind: 'window', label: 'BONE', centre: 700, width: 300, shape: 'sigmoid' },
    ],
  },
)

test('presets are shares of the film’s own pixels', () => {
  expect(edgesOfGrey(even, unchanged('auto'))).toEqual({ low: 9, high: 989 })
  expect(edgesOfGrey(even, unchanged('lung'))).toEqual({ low: 9, high: 699 })
  expect(edgesOfGrey(even, unchanged('mediastinum'))).toEqual({ low: 399, high: 994 })
  expect(edgesOfGrey(even, unchanged('full'))).toEqual({ low: 0, high: 999 })
})

test('in an inverted film the lung has the high values', () => {
  const { low, high } = edgesOfGrey(turnedOver(even), unchanged('lung'))
  expect([low, high].map(Math.round)).toEqual([299, 989])
})

test('the file’s windows keep their function, and a number it lacks is its first', () => {
  expect(presetScale(even, 1)).toEqual({ shape: 'sigmoid', centre: 700, width: 300 })
  expect(presetScale(even, 7)).toEqual({ shape: 'linear', centre: 500, width: 100 })
  expect([0, 1, 'lung' as const].map((preset) => presetLabel(even, preset))).toEqual([
    'Window 1',
    'BONE',
    'Lung',
  ])
})

test('a window moved by real values keeps its function, and is never narrower than a step', () => {
  const grey = moved(even, unchanged(1), { centre: 30, width: -60 })
  expect(scaleOfGrey(even, grey)).toEqual({ shape: 'sigmoid', centre: 730, width: 240 })
  expect(scaleOfGrey(even, moved(even, grey, { centre: 0, width: -9999 })).width).toBe(1)
})

test('the same change means the same share of another film’s window', () => {
  const grey = moved(even, unchanged('full'), { centre: 99.9, width: -499.5 })
  const other = testFilm(Uint8Array.of(0, 100))
  expect(scaleOfGrey(other, grey).centre).toBeCloseTo(60, 9)
  expect(scaleOfGrey(other, grey).width).toBeCloseTo(50, 9)
})

test('edges can be typed in either order', () => {
  const edges = edgesOfGrey(even, withEdges(even, { low: 300, high: 200 }))
  expect(edges.low).toBeCloseTo(200, 9)
  expect(edges.high).toBeCloseTo(300, 9)
})

test('a film of one grey still has a window', () => {
  const film = testFilm(Uint8Array.of(7, 7))
  expect(presetScale(film, 'auto')).toEqual({ shape: 'linear-exact', centre: 7, width: 1 })
})
