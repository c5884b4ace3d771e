import { expect, test } from 'vitest'
import { alignCurves, describeCurves, smooth, type Curve } from './curve.ts'

const curve = (label: string, points: [number, number][]): Curve => ({
  label,
  points: points.map(([x, y]) => ({ x, y })),
  colour: '--chart-train',
  look: 'solid',
})

test('curves with different x values share one axis, with gaps where a curve has no value', () => {
  const raw = curve('Batches', [
    [0.5, 3],
    [1, 2],
  ])
  const epochs = curve('Epochs', [[1, 5]])
  expect(alignCurves([epochs, raw])).toEqual({
    x: [0.5, 1],
    columns: [
      [null, 5],
      [3, 2],
    ],
  })
})

test('smoothing starts at the first value and a weight of 0 changes nothing', () => {
  const points = [
    { x: 0, y: 4 },
    { x: 1, y: 8 },
  ]
  expect(smooth(points, 0)).toEqual(points)
  // (4·0.5·0.5 + 8·0.5) / (0.5·0.5 + 0.5) = 5 / 0.75
  expect(smooth(points, 0.5)).toEqual([
    { x: 0, y: 4 },
    { x: 1, y: 5 / 0.75 },
  ])
})

test('a chart is told in words, without its faint raw line', () => {
  const raw: Curve = { ...curve('Raw', [[0, 9]]), look: 'faint' }
  const loss = curve('Train', [
    [1, 0.5],
    [3, 0.25],
  ])
  expect(describeCurves([raw, loss])).toBe('Train: from 0.500 at 1 to 0.250 at 3.')
  expect(describeCurves([])).toBe('No values yet.')
})
