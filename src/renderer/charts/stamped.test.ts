import { expect, test } from 'vitest'
import type { SplitLeak } from '../../shared/domain/split.ts'
import { curvesCsv } from './curvesCsv.ts'
import { leakStamps, stampedSvg } from './stamped.ts'

const leak: SplitLeak = {
  overlaps: [{ kind: 'patient', parts: ['train', 'test'], groups: 2, films: [3, 4] }],
  sizes: { train: 30, validation: 0, test: 40 },
}
const words =
  'LEAKY SPLIT: 2 patients in training and test (3 and 4 films). Its figures are better than the network is.'

test('each training that leaked is named, those of one split together', () => {
  expect(leakStamps([{ name: 'a', leak }, { name: 'b' }, { name: 'c', leak }])).toEqual([
    `a, c: ${words}`,
  ])
  expect(leakStamps([{ name: 'b' }])).toEqual([])
})

test('a stamp stands below the drawing in lines that fit, and the picture grows by them', () => {
  const svg = '<svg width="400" height="300" viewBox="0 0 400 300"><rect height="5"/></svg>'
  const stamped = stampedSvg(svg, [`a & b: ${words}`])
  const lines = [...stamped.matchAll(/<text[^>]*y="(\d+)"[^>]*>([^<]*)</g)]
  expect(lines.map(([, , line]) => line).join(' ')).toBe(`a &amp; b: ${words}`)
  expect(lines).toHaveLength(2)
  expect(lines.map(([, y]) => Number(y))).toEqual([316, 332])
  expect(stamped).toContain(
    '<svg width="400" height="344" viewBox="0 0 400 344"><rect height="5"/>',
  )
  expect(stampedSvg(svg, [])).toBe(svg)
})

test('a chart without a height of its own is stamped as well', () => {
  expect(stampedSvg('<svg viewBox="0 0 200 100"></svg>', ['It leaks'])).toContain(
    '<svg viewBox="0 0 200 128"><text',
  )
})

test('the data of a chart carry the stamp in a column of their own', () => {
  const curve = {
    ...{ label: 'A', colour: '--run-1', look: 'solid' as const },
    points: [{ x: 1, y: 0.5 }],
  }
  expect(curvesCsv('Epoch', [curve], ['a, leaks'])).toBe(
    'Epoch,A,training_leak\r\n1,0.5,"a, leaks"\r\n',
  )
  expect(curvesCsv('Epoch', [curve])).toBe('Epoch,A\r\n1,0.5\r\n')
})
