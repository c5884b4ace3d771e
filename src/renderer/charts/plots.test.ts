import { expect, test } from 'vitest'
import { parallelPlot } from './parallel.ts'
import { scatterPlot } from './scatter.ts'

const point = (id: string, cost: number, value: number) => ({
  ...{ id, name: id, cost, value, words: '' },
  colour: undefined,
})

test('the front of a scatter plot climbs in steps through the points that nothing beats', () => {
  const points = [point('small', 100, 0.8), point('worse', 150, 0.7), point('large', 200, 0.9)]
  const plot = scatterPlot(points, { width: 400, height: 300 })
  expect(plot.places.map(({ onFront }) => onFront)).toEqual([true, false, true])
  expect(plot.frontPath).toMatch(/^M[\d.]+ [\d.]+H[\d.]+V[\d.]+$/)
  // More accuracy is higher up, more parameters further right.
  const [small, worse, large] = plot.places
  expect(large!.y).toBeLessThan(small!.y)
  expect(worse!.x).toBeGreaterThan(small!.x)
})

test('parameters that differ by much stand on a logarithmic axis', () => {
  const plot = scatterPlot([point('a', 1e4, 0.5), point('b', 1e7, 0.6)], {
    width: 400,
    height: 300,
  })
  expect(plot.xTicks.map(({ words }) => words)).toEqual(['10 k', '100 k', '1 M', '10 M'])
})

test('lines cross numbers by size and words at even distances, and leave out what is unknown', () => {
  const axes = [
    { label: 'Rate', values: [0, 1, undefined] },
    { label: 'Optimiser', values: ['adam', 'sgd', 'adam'] },
  ]
  const { axes: drawn, paths } = parallelPlot(axes, 3, { width: 320, height: 300 })
  expect(drawn.map(({ x }) => x)).toEqual([60, 260])
  expect(drawn[1]!.marks.map(({ words }) => words)).toEqual(['adam', 'sgd'])
  expect(drawn[1]!.ys[0]).toBe(drawn[1]!.ys[2])
  expect(paths[2]).toMatch(/^M260 /)
})
