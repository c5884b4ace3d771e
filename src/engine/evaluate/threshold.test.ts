import { expect, test } from 'vitest'
import { confusionAt, sensitivity, specificity } from '../../shared/judgement/confusion.ts'
import { atPrevalence } from '../../shared/judgement/prevalence.ts'
import { zoneOf } from '../../shared/judgement/zone.ts'
import { normal, randomStream } from '../data/random.ts'
import { chooseThreshold, chooseZones, coverageErrors, zonesHere } from './threshold.ts'

const scores = [0.1, 0.2, 0.4, 0.6, 0.3, 0.7, 0.8, 0.9]
const labels = [0, 0, 0, 0, 1, 1, 1, 1]

test('each goal has its threshold, half-way between films', () => {
  // Falling: .9 .8 .7 (sick) .6 (healthy) .4 (healthy) .3 (sick) .2 .1 (healthy).
  expect(chooseThreshold({ kind: 'sensitivity', atLeast: 0.75 }, scores, labels)).toBeCloseTo(0.65)
  expect(chooseThreshold({ kind: 'sensitivity', atLeast: 0.76 }, scores, labels)).toBeCloseTo(0.25)
  expect(chooseThreshold({ kind: 'specificity', atLeast: 1 }, scores, labels)).toBeCloseTo(0.65)
  expect(chooseThreshold({ kind: 'youden' }, scores, labels)).toBeCloseTo(0.65)
  const cost = (missed: number, falseAlarm: number) =>
    chooseThreshold({ kind: 'cost', missed, falseAlarm }, scores, labels)
  expect(cost(1, 1)).toBeCloseTo(0.65)
  // One more case found costs two alarms.
  expect(cost(3, 1)).toBeCloseTo(0.25)
  expect(cost(1, 100)).toBeCloseTo(0.65)
})

test('cases that are rare make alarms dear', () => {
  const goal = { kind: 'cost', missed: 3, falseAlarm: 1, prevalence: 0.1 } as const
  expect(chooseThreshold(goal, scores, labels)).toBeCloseTo(0.65)
})

test('a threshold for no films of a class is refused', () => {
  expect(() => chooseThreshold({ kind: 'youden' }, [0.5], [1])).toThrow(/both classes/)
})

test('a goal of a sensitivity is reached with the best specificity, on any scores', () => {
  const random = randomStream(1, 'threshold')
  const many = Array.from({ length: 400 }, () => normal(random) > 0.4)
  const truths = many.map(Number)
  const given = truths.map((label) => 1 / (1 + Math.exp(-(normal(random) + label))))
  for (const atLeast of [0.5, 0.8, 0.95, 1]) {
    const threshold = chooseThreshold({ kind: 'sensitivity', atLeast }, given, truths)
    const chosen = confusionAt(given, truths, threshold)
    expect(sensitivity(chosen)).toBeGreaterThanOrEqual(atLeast)
    for (const other of given) {
      const confusion = confusionAt(given, truths, other)
      if (sensitivity(confusion)! >= atLeast)
        expect(specificity(confusion)).toBeLessThanOrEqual(specificity(chosen)!)
    }
  }
})

test('zones keep to the risks and count their films', () => {
  const zones = chooseZones({ missAtMost: 0, falseAlarmAtMost: 0.25 }, 0.45, scores, labels)
  // No case may lie below, and one of four healthy films may lie above.
  expect(zones.low).toBeCloseTo(0.25)
  expect(zones.high).toBeCloseTo(0.5)
  expect(zones).toMatchObject({
    below: { films: 2, positives: 0 },
    uncertain: { films: 2, positives: 1 },
    above: { films: 4, positives: 3 },
    missed: 0,
    falseAlarms: 0.25,
  })
  expect(zones.missedCi95[1]).toBeGreaterThan(0.4)
  expect([0.1, 0.25, 0.5].map((score) => zoneOf(score, 0.5, zones))).toEqual([
    'below',
    'uncertain',
    'above',
  ])
  expect(zoneOf(0.5, 0.5, undefined)).toBe('above')
})

test('a model that parts all films leaves nothing uncertain', () => {
  const zones = chooseZones(
    { missAtMost: 0.02, falseAlarmAtMost: 0.1 },
    0.5,
    [0.1, 0.2, 0.8, 0.9],
    [0, 0, 1, 1],
  )
  expect(zones.uncertain.films).toBe(0)
  expect(zones).toMatchObject({ low: 0.5, high: 0.5, missed: 0, falseAlarms: 0 })
})

test('no film that the threshold calls lies in the zone below, and none that it does not in the zone above', () => {
  const risks = { missAtMost: 0, falseAlarmAtMost: 0.25 }
  // The risks alone would allow .25 and .5.
  expect(chooseZones(risks, 0.15, scores, labels)).toMatchObject({
    ...{ low: 0.15, below: { films: 1, positives: 0 }, uncertain: { films: 3, positives: 1 } },
  })
  expect(chooseZones(risks, 0.65, scores, labels)).toMatchObject({
    ...{ high: 0.65, above: { films: 3, positives: 3 }, falseAlarms: 0 },
  })
})

test('errors fall as uncertain films are left out, those equally sure together', () => {
  // By rank .4 and .6 are the nearest to .5, then .3 and .7 and so on; .6 and .3 are decided wrongly.
  const points = coverageErrors(scores, labels, 0.5)
  expect(points.map(({ coverage, error, low, high }) => [coverage, error, low, high])).toEqual([
    [1, 0.25, 0.4, 0.6],
    [0.75, 1 / 6, 0.3, 0.7],
    [0.5, 0, 0.2, 0.8],
    [0.25, 0, 0.1, 0.9],
  ])
})

test('each point of the curve says by two scores which films it decides', () => {
  const random = randomStream(2, 'coverage')
  // Many films share a score.
  const given = Array.from({ length: 600 }, () => Math.round(20 * random.next()) / 20)
  const truths = given.map((score) => Number(random.next() < score))
  for (const { coverage, error, low = -1, high = 2 } of coverageErrors(given, truths, 0.42, 30)) {
    const decided = given.flatMap((score, film) => (score <= low || score >= high ? [film] : []))
    expect(decided.length / 600).toBeCloseTo(coverage, 12)
    const wrong = decided.filter((film) => Number(given[film]! >= 0.42) !== truths[film])
    expect(wrong.length / decided.length).toBeCloseTo(error, 12)
  }
})

test('zones hold on other films what they hold there, and no share of nothing', () => {
  expect(zonesHere({ low: 0.25, high: 0.5 }, scores, labels)).toMatchObject({
    below: { films: 2, positives: 0 },
    uncertain: { films: 2, positives: 1 },
    above: { films: 4, positives: 3 },
    missed: 0,
    falseAlarms: 0.25,
  })
  expect(zonesHere({ low: 0.25, high: 0.5 }, [0.1, 0.9], [1, 1])).toEqual({
    below: { films: 1, positives: 1 },
    uncertain: { films: 0, positives: 0 },
    above: { films: 1, positives: 1 },
    missed: 0.5,
    missedCi95: [expect.closeTo(0.0945, 4), expect.closeTo(0.9055, 4)] as unknown,
  })
})

test('a test for a rare disease is wrong more often than right when it flags', () => {
  // 1 % of films, 90 % found, 90 % cleared: 0.9 of 10.8 flags in 100 films.
  const found = atPrevalence(0.9, 0.9, 0.01)
  expect(found.flagsPer100).toBeCloseTo(10.8)
  expect(found.ppv).toBeCloseTo(0.9 / 10.8)
  expect(found.npv).toBeCloseTo(89.1 / 89.2)
  expect(found.missedPer100).toBeCloseTo(0.1)
  expect(atPrevalence(0, 1, 0.5).ppv).toBeUndefined()
})
