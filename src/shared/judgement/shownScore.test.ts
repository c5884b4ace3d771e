import { expect, test } from 'vitest'
import type { Calibration, CalibrationMap, Zones } from '../domain/calibration.ts'
import { shownScore } from './shownScore.ts'

const figures = { loss: 0.5, brier: 0.2, ece: 0.2 }
const calibrationBy = (map: CalibrationMap, ece = 0.1): Calibration => ({
  map,
  ...{ modelHash: 'b'.repeat(64), createdAt: '2026-01-01' },
  on: { name: 'Films', films: 40, positives: 20, patients: 40, hash: 'a'.repeat(64) },
  test: { folds: 5, raw: figures, calibrated: { loss: 0.4, brier: 0.1, ece } },
})
/** Odds times three. */
const platt: CalibrationMap = { kind: 'platt', slope: 1, intercept: Math.log(3) }
const zones = (low: number, high: number) => ({ low, high }) as Zones

test('without a calibration that holds its test score and bounds are shown as the network gave them', () => {
  const raw = { scale: 'raw', score: 0.4, threshold: 0.5, between: undefined, onLevel: false }
  expect(shownScore(0.4, { threshold: 0.5 })).toEqual(raw)
  const failed = calibrationBy(platt, 0.3)
  expect(shownScore(0.4, { threshold: 0.5, calibration: failed })).toEqual(raw)
})

test('a calibration moves score, threshold and zones together', () => {
  const calibration = calibrationBy(platt)
  const shown = shownScore(0.5, { threshold: 0.25, calibration, zones: zones(0.1, 0.4) })
  expect(shown.scale).toBe('calibrated')
  // Odds 1, 1/3, 1/9 and 2/3 become 3, 1, 1/3 and 2.
  expect(shown.score).toBeCloseTo(0.75, 12)
  expect(shown.threshold).toBeCloseTo(0.5, 12)
  expect(shown.between?.[0]).toBeCloseTo(0.25, 12)
  expect(shown.between?.[1]).toBeCloseTo(2 / 3, 12)
})

test('a bound that no score reaches stays at its end of the scale', () => {
  const isotonic = { kind: 'isotonic', scores: [0.2, 0.8], probabilities: [0.1, 0.7] } as const
  const calibration = calibrationBy({ ...isotonic, scores: [0.2, 0.8], probabilities: [0.1, 0.7] })
  const shown = shownScore(1, { threshold: 0.5, calibration, zones: zones(0, 2) })
  expect(shown).toMatchObject({ score: 0.7, between: [0, 1] })
})

test('scores on one level of an isotonic map are told to be parted by the raw score', () => {
  const level: CalibrationMap = {
    kind: 'isotonic',
    scores: [0.1, 0.3, 0.6, 0.9],
    probabilities: [0.05, 0.4, 0.4, 0.95],
  }
  const model = { threshold: 0.5, calibration: calibrationBy(level) }
  expect(shownScore(0.35, model)).toMatchObject({ score: 0.4, threshold: 0.4, onLevel: true })
  expect(shownScore(0.5, model)).toMatchObject({ onLevel: false })
  expect(shownScore(0.75, model)).toMatchObject({ onLevel: false })
})

test.each([
  platt,
  { kind: 'temperature', temperature: 3 },
  { kind: 'isotonic', scores: [0.2, 0.4, 0.6], probabilities: [0, 0.5, 0.5] },
] as const)('no film changes its side of the threshold by being shown: %j', (map) => {
  const calibration = calibrationBy(map as CalibrationMap)
  for (let at = 0; at <= 100; at++) {
    const shown = shownScore(at / 100, { threshold: 0.45, calibration })
    if (at / 100 >= 0.45) expect(shown.score).toBeGreaterThanOrEqual(shown.threshold)
    else expect(shown.score).toBeLessThanOrEqual(shown.threshold)
  }
})
