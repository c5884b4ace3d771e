import { expect, test } from 'vitest'
import type { Calibration } from '../shared/domain/calibration.ts'
import { calibratedBy } from './calibratedBy.ts'

const calibrationOf = (ece: number): Calibration => ({
  map: { kind: 'platt', slope: 1, intercept: 0 },
  ...{ modelHash: 'b'.repeat(64), createdAt: '2026-01-01' },
  on: { name: 'Films', films: 40, positives: 20, patients: 40, hash: 'a'.repeat(64) },
  test: {
    folds: 5,
    raw: { loss: 0.5, brier: 0.2, ece: 0.2 },
    calibrated: { loss: 0.4, brier: 0.1, ece },
  },
})

test('a calibration is told with what its test found, and one that failed is not told as one', () => {
  expect(calibratedBy({ calibration: calibrationOf(0.1) })).toBe(
    'Calibrated by Platt scaling on Films, tested on other patients: calibration error 0.100 (raw 0.200), loss 0.400 (raw 0.500).',
  )
  expect(calibratedBy({ calibration: calibrationOf(0.3) })).toBeUndefined()
  expect(calibratedBy({})).toBeUndefined()
})
