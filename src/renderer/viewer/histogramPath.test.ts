import { expect, test } from 'vitest'
import { histogramPath } from './histogramPath.ts'

test('bars are as high as the square root of their share of the highest', () => {
  expect(histogramPath([0, 4, 16], 30, 10)).toBe(
    'M0,10 L0.0,10.0 10.0,10.0 10.0,5.0 20.0,5.0 20.0,0.0 30.0,0.0 L30,10 Z',
  )
})
