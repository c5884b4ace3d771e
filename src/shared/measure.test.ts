import { expect, test } from 'vitest'
import type { Mark, MarkKind, Ruler } from './domain/mark.ts'
import { measured, measureText } from './measure.ts'

const mark = (kind: MarkKind, ...points: [number, number][]): Mark => ({
  ...{ id: 'm', kind, frame: 1, label: '' },
  points: points.map(([x, y]) => ({ x, y })),
})
const pixels: Ruler = { aspect: 1 }
const calibrated: Ruler = {
  aspect: 1.5,
  spacing: { row: 0.3, column: 0.2, source: 'calibrated' },
}

test('a length is millimetres where the film has a spacing for each direction', () => {
  // 30 columns of 0.2 mm and 40 rows of 0.3 mm: √(6² + 12²).
  const line = mark('length', [10, 10], [40, 50])
  expect(measured(line, calibrated)!.values[0]).toBeCloseTo(Math.sqrt(180), 12)
  expect(measureText(line, calibrated)).toBe('13.4 mm')
  expect(measureText(line, pixels)).toBe('50.0 px, uncalibrated')
})

test('without spacing, a pixel twice as high as wide counts twice downwards', () => {
  expect(measured(mark('length', [0, 0], [0, 10]), { aspect: 2 })!.values).toEqual([20])
})

test('an angle lies at its middle point, whichever way it opens', () => {
  expect(measureText(mark('angle', [10, 0], [0, 0], [0, 10]), pixels)).toBe('90.0°')
  expect(measureText(mark('angle', [0, 10], [0, 0], [-10, 0]), pixels)).toBe('90.0°')
  expect(measureText(mark('angle', [10, 0], [0, 0], [-10, 0]), pixels)).toBe('180.0°')
  // On this film 30 columns are as long as 20 rows.
  expect(measureText(mark('angle', [30, 20], [0, 0], [30, 0]), calibrated)).toBe('45.0°')
})

test('the cardiothoracic ratio is the heart’s width by the chest’s', () => {
  const ratio = mark('ratio', [100, 50], [230, 50], [40, 80], [300, 80])
  expect(measured(ratio, pixels)).toEqual({ values: [130, 260], unit: 'px', ratio: 0.5 })
  expect(measureText(ratio, calibrated)).toBe('CTR 0.50 (26.0 / 52.0 mm)')
  const nothing = mark('ratio', [1, 1], [2, 1], [3, 3], [3, 3])
  expect(measureText(nothing, pixels)).toBe('CTR – (1.0 / 0.0 px, uncalibrated)')
})

test('a rectangle has two sides, an arrow measures nothing', () => {
  expect(measureText(mark('rectangle', [40, 50], [10, 10]), calibrated)).toBe('6.0 × 12.0 mm')
  expect(measureText(mark('arrow', [0, 0], [1, 1]), pixels)).toBe('')
})
