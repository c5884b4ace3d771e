import { expect, test } from 'vitest'
import { edgesOf, greyOf, scaleOfSetting } from './greyScale.ts'

const window = (shape: 'linear' | 'linear-exact' | 'sigmoid', centre: number, width: number) =>
  scaleOfSetting({ kind: 'window', label: '', shape, centre, width })

test('LINEAR follows the formula and the example of PS3.3 C.11.2.1.2.1', () => {
  // Centre 2048, width 4096: 0 … 4095 from black to white, ((x − 2047.5) / 4095 + 0.5).
  const grey = greyOf(window('linear', 2048, 4096))
  expect([-1, 0, 4095, 5000].map(grey)).toEqual([0, 0, 1, 1])
  expect(grey(1000)).toBeCloseTo((1000 - 2047.5) / 4095 + 0.5, 12)
  // Width 1 is a threshold: up to centre − 0.5 black.
  expect([2047, 2047.5, 2048].map(greyOf(window('linear', 2048, 1)))).toEqual([0, 0, 1])
})

test('LINEAR_EXACT spreads its width about its centre', () => {
  const scale = window('linear-exact', 100, 100)
  expect([0, 50, 75, 100, 150, 255].map(greyOf(scale))).toEqual([0, 0, 0.25, 0.5, 1, 1])
  expect(edgesOf(scale)).toEqual({ low: 50, high: 150 })
})

test('SIGMOID is 1 / (1 + exp(−4 (x − c) / w))', () => {
  const grey = greyOf(window('sigmoid', 100, 40))
  expect(grey(100)).toBe(0.5)
  expect(grey(110)).toBeCloseTo(1 / (1 + Math.exp(-1)), 12)
})

test('a table gives its entry for each real value, and its ends beyond', () => {
  const setting = { kind: 'table', label: '', first: 10, bits: 8, entries: [255, 0, 51] } as const
  const grey = greyOf(scaleOfSetting({ ...setting, entries: [...setting.entries] }))
  expect([9, 10, 11, 12, 99].map(grey)).toEqual([1, 1, 0, 0.2, 0.2])
})

test('a table of one entry is that grey everywhere', () => {
  const grey = greyOf(scaleOfSetting({ kind: 'table', label: '', first: 5, bits: 1, entries: [1] }))
  expect([0, 5, 9].map(grey)).toEqual([1, 1, 1])
})
