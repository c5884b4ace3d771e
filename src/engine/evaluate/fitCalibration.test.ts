import { expect, test } from 'vitest'
import fixture from '../../../tests/fixtures/sklearnMetrics.json' with { type: 'json' }
import { calibrated } from '../../shared/judgement/calibrate.ts'
import { normal, randomStream } from '../data/random.ts'
import { fitCalibration, fitMap } from './fitCalibration.ts'

test.each(fixture.calibrations)('the fits are those of SciPy and scikit-learn', (expected) => {
  const { scores, labels, grid } = expected
  const temperature = fitMap('temperature', scores, labels)
  // SciPy stops where the loss is flat to its digits.
  expect(temperature).toMatchObject({
    temperature: expect.closeTo(expected.temperature, 4) as unknown,
  })
  expect(fitMap('platt', scores, labels)).toMatchObject({
    slope: expect.closeTo(expected.platt[0]!, 4) as unknown,
    intercept: expect.closeTo(expected.platt[1]!, 4) as unknown,
  })
  const isotonic = fitMap('isotonic', scores, labels)
  grid.forEach((score, at) =>
    expect(calibrated(isotonic, score)).toBeCloseTo(expected.isotonic[at]!, 9),
  )
})

/** Scores twice as sure as they should be. */
function overconfident(films: number) {
  const random = randomStream(5, 'overconfident')
  const logits = Array.from({ length: films }, () => 1.5 * normal(random))
  const labels = logits.map((x) => Number(random.next() < 1 / (1 + Math.exp(-x))))
  const scores = logits.map((x) => 1 / (1 + Math.exp(-2 * x)))
  const patients = logits.map((_, film) => `p${Math.floor(film / 2)}`)
  return { scores, labels, patients }
}

test.each(['temperature', 'platt', 'isotonic'] as const)(
  '%s mends scores that are too sure, on films it was not made from',
  (method) => {
    const { map, test: figures } = fitCalibration(method, overconfident(2000))
    expect(figures.calibrated.loss).toBeLessThan(figures.raw.loss)
    expect(figures.calibrated.ece).toBeLessThan(figures.raw.ece / 2)
    expect(calibrated(map, 0.98)).toBeLessThan(0.93)
    const rising = Array.from({ length: 200 }, (_, at) => calibrated(map, at / 199))
    expect([...rising].sort((a, b) => a - b)).toEqual(rising)
  },
)

test('the temperature of scores that are twice too sure is 2', () => {
  const { map } = fitCalibration('temperature', overconfident(20_000))
  const found = map.kind === 'temperature' ? map.temperature : NaN
  expect(found).toBeGreaterThan(1.9)
  expect(found).toBeLessThan(2.1)
})

test('scores that part the films completely give a finite map', () => {
  const scores = Array.from({ length: 40 }, (_, at) => (at < 20 ? 0.1 : 0.9))
  const labels = scores.map((score) => Number(score > 0.5))
  for (const method of ['temperature', 'platt', 'isotonic'] as const) {
    const map = fitMap(method, scores, labels)
    expect(calibrated(map, 0.9)).toBeGreaterThan(0.9)
    expect(calibrated(map, 0.1)).toBeLessThan(0.1)
  }
})

test('a map is refused where films of one kind are few', () => {
  const data = { scores: [0.1, 0.9], labels: [0, 1], patients: ['a', 'b'] }
  expect(() => fitCalibration('platt', data)).toThrow(/at least 10 films of each class/)
})
