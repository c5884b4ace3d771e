import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { normal, randomStream } from '../data/random.ts'
import { firstAgainstOthers, fitViews, viewScores } from './views.ts'

const Points = z.array(z.array(z.number()).transform((values) => Float32Array.from(values)))
const Fixture = z.object({
  kinds: z.array(Points),
  others: Points,
  logProbabilities: z.array(z.array(z.number())),
})
const file = join(__dirname, '../../../tests/fixtures/sklearnViews.json')
const sklearn = Fixture.parse(JSON.parse(readFileSync(file, 'utf8')))

test('log-odds between kinds are those of scikit-learn’s linear discriminant analysis', () => {
  const [usual, turned, negative] = sklearn.kinds
  const numbers = fitViews(
    new Map([
      ['usual', usual!],
      ['turned', turned!],
      ['negative', negative!],
    ]),
  )
  sklearn.others.forEach((point, at) => {
    const [a, b, c] = viewScores(numbers, point)
    const [p, q, r] = sklearn.logProbabilities[at]!
    expect(a! - b!).toBeCloseTo(p! - q!, 2)
    expect(a! - c!).toBeCloseTo(p! - r!, 2)
  })
})

test('the odds of the first kind are against all others together', () => {
  expect(firstAgainstOthers([Math.log(3), 0, 0])).toBeCloseTo(Math.log(3 / 2), 12)
  expect(firstAgainstOthers([1000, 0, -5000])).toBeCloseTo(1000, 9)
  expect(firstAgainstOthers([0, 2000, 2000])).toBeCloseTo(-2000 - Math.log(2), 9)
})

test('features that tell nothing tell no kinds apart', () => {
  const random = randomStream(3, 'same')
  const points = (count: number) =>
    Array.from({ length: count }, () => Float32Array.from({ length: 3 }, () => normal(random)))
  const same = fitViews(new Map([['usual', points(400)], ['part', points(400)]])) // prettier-ignore
  for (const point of points(50))
    expect(Math.abs(firstAgainstOthers(viewScores(same, point)))).toBeLessThan(1)
  const constant = Array.from({ length: 30 }, () => new Float32Array(3))
  const none = fitViews(new Map([['usual', constant], ['part', constant]])) // prettier-ignore
  expect([...none].every((value) => value === 0)).toBe(true)
})
