import { expect, test } from 'vitest'
import { aucChangeWords, flipWords } from './shortcutWords.ts'

test('flips stand with their share and interval, a change of area with its sign', () => {
  const figures = { change: 'mirrored', films: 500, becameWrong: 8, becameRight: 4 } as const
  expect(flipWords({ ...figures, flips: 12, flipsCi95: [0.0138, 0.0415], meanShift: 0.01 })).toBe(
    '12 (2.4 %; 1.4–4.2 %)',
  )
  const auc = { firstAuc: 0.9, secondAuc: 0.912, difference: -0.012, p: 0.01 }
  expect(aucChangeWords({ ...auc, ci95: [-0.02, 0.004] })).toBe('−0.012 (−0.020 to +0.004)')
})
