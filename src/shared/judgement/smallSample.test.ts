import { expect, test } from 'vitest'
import { smallSample } from './smallSample.ts'

const evaluation = (...rows: number[][]) => ({ n: rows.flat().reduce((a, b) => a + b, 0), matrix: rows }) // prettier-ignore

test('figures of few films, or of few of a class, are to be read with care', () => {
  expect(smallSample(evaluation([10, 0], [4, 15]))).toBe('only 29 films: read with care')
  expect(smallSample(evaluation([40, 2], [4, 5]))).toBe('only 9 films of a class: read with care')
  expect(smallSample(evaluation([40, 2], [4, 6]))).toBeUndefined()
  expect(smallSample(evaluation([0, 0], [4, 60]))).toBe('films of one class alone')
})
