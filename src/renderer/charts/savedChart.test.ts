import { expect, test } from 'vitest'
import type { Curve } from './curve.ts'
import { curvesCsv } from './curvesCsv.ts'
import { curvesSvg } from './curvesSvg.ts'
import { onPaper } from './onPaper.ts'

const curves: Curve[] = [
  {
    label: 'A <1>',
    colour: '--run-1',
    look: 'solid',
    points: [
      { x: 1, y: 0.5 },
      { x: 2, y: 0.75 },
    ],
  },
  { label: 'B', colour: '--run-8', look: 'dashed', points: [{ x: 2, y: 0.25 }] },
]
const picture = {
  title: 'Accuracy',
  curves,
  marks: {},
  x: 'epoch',
  log: false,
  bounds: {},
} as const

test('the data of a chart are one column a curve, with gaps where a curve has no value', () => {
  expect(curvesCsv('Epoch', curves)).toBe('Epoch,A <1>,B\r\n1,0.5,\r\n2,0.75,0.25\r\n')
})

test('a saved chart is an SVG of its own: on white, no token left, names escaped, data inside', () => {
  const svg = onPaper(curvesSvg(picture), curvesCsv('Epoch', curves), (name) =>
    name === '--run-1' ? '#e69f00' : '#123456',
  )
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /)
  expect(svg).not.toContain('var(')
  expect(svg).toContain('<metadata>Epoch,A &lt;1&gt;,B')
  expect(svg).toContain('stroke="#e69f00"')
  // The window draws it light on dark; on paper it is the black of Okabe and Ito.
  expect(svg).toContain('stroke="#000000"')
})

test('a logarithmic chart gives each factor of ten the same height', () => {
  const points = [1, 10, 100].map((y, x) => ({ x, y }))
  const loss: Curve = { label: 'Loss', colour: '--run-1', look: 'solid', points }
  const svg = curvesSvg({ ...picture, curves: [loss], log: true })
  const drawn = /polyline points="([^"]+)"/.exec(svg)![1]!
  const [a, b, c] = drawn.split(' ').map((pair) => Number(pair.split(',')[1]))
  expect(a! - b!).toBeCloseTo(b! - c!, 1)
})
