import { expect, test } from 'vitest'
import fixture from '../../../tests/fixtures/sklearnMetrics.json' with { type: 'json' }
import { twoSidedChance } from '../../shared/judgement/normal.ts'
import { wilson } from '../../shared/judgement/wilson.ts'
import { comparePaired } from './comparison.ts'

test.each(fixture.paired)('DeLong and McNemar agree with SciPy ($only)', (expected) => {
  const { labels, first, second, difference, delongP, only, mcnemarP } = expected
  const sides = [first, second].map((scores) => ({ scores, threshold: 0.5 }))
  const found = comparePaired(sides[0]!, sides[1]!, labels)
  expect(found.delong!.difference).toBeCloseTo(difference, 9)
  expect(found.delong!.p).toBeCloseTo(delongP, 9)
  expect(found.mcnemar).toEqual({
    onlyFirst: only[0],
    onlySecond: only[1],
    p: expect.closeTo(mcnemarP, 9) as unknown,
  })
})

test('a model does not differ from itself', () => {
  const side = { scores: [0.1, 0.4, 0.3, 0.9], threshold: 0.5 }
  const found = comparePaired(side, side, [0, 0, 1, 1])
  expect(found.delong).toMatchObject({ difference: 0, p: 1 })
  expect(found.mcnemar).toEqual({ onlyFirst: 0, onlySecond: 0, p: 1 })
  expect(() => comparePaired(side, side, [1])).toThrow(/same films/)
})

test('ten thousand films decided by one model alone still give a chance', () => {
  const labels = Array.from({ length: 10_000 }, () => 1)
  const all = { scores: labels.map(() => 1), threshold: 0.5 }
  const none = { scores: labels.map(() => 0), threshold: 0.5 }
  expect(comparePaired(all, none, labels).mcnemar).toEqual({
    onlyFirst: 10_000,
    onlySecond: 0,
    p: 0,
  })
})

test.each(fixture.wilson)('Wilson’s interval of $part of $whole is SciPy’s', (expected) => {
  const found = wilson(expected.part, expected.whole)!
  expect(found[0]).toBeCloseTo(expected.low, 9)
  expect(found[1]).toBeCloseTo(expected.high, 9)
  expect(wilson(0, 0)).toBeUndefined()
})

test('the chance of a normal value is SciPy’s, far out as well', () => {
  for (const [z, chance] of fixture.twoSidedChance) {
    expect(twoSidedChance(z!) / chance!).toBeCloseTo(1, 9)
  }
})
