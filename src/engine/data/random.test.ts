import { expect, test } from 'vitest'
import { below, normal, randomFrom, randomStream, uniform, symmetricBeta } from './random.ts'
import { shuffled, shuffledOrder } from './shuffle.ts'

test('a seed and a name give the same draws again, another name or seed gives others', () => {
  const draws = (seed: number, name: string) => {
    const random = randomStream(seed, name)
    return Array.from({ length: 5 }, () => random.next())
  }
  expect(draws(7, 'order')).toEqual(draws(7, 'order'))
  expect(draws(7, 'order')).not.toEqual(draws(7, 'augment'))
  expect(draws(7, 'order')).not.toEqual(draws(8, 'order'))
})

test('a saved state goes on exactly where the generator stood', () => {
  const random = randomStream(1, 'x')
  random.next()
  const again = randomFrom(random.state())
  expect([again.next(), again.next()]).toEqual([random.next(), random.next()])
})

test('draws are spread evenly, also between the first draws of neighbouring seeds', () => {
  const means = [
    Array.from({ length: 20_000 }, (_, seed) => randomStream(seed, 'a').next()),
    Array.from(
      { length: 20_000 },
      (
        (random) => () =>
          random.next()
      )(randomStream(3, 'b')),
    ),
  ].map((values) => values.reduce((sum, value) => sum + value, 0) / values.length)
  // The standard error of a mean of 20,000 uniform draws is 0.002.
  for (const mean of means) expect(Math.abs(mean - 0.5)).toBeLessThan(0.01)
})

test('uniform, below and normal keep to their ranges and moments', () => {
  const random = randomStream(5, 'moments')
  let sum = 0
  let squares = 0
  for (let draw = 0; draw < 20_000; draw++) {
    const whole = below(random, 3)
    expect([0, 1, 2]).toContain(whole)
    expect(Math.abs(uniform(random, -1, 1))).toBeLessThanOrEqual(1)
    const value = normal(random)
    sum += value
    squares += value * value
  }
  expect(Math.abs(sum / 20_000)).toBeLessThan(0.03)
  expect(Math.abs(squares / 20_000 - 1)).toBeLessThan(0.05)
})

test('a symmetric Beta distribution has its mean and variance, for small parameters too', () => {
  for (const alpha of [0.02, 0.2, 1]) {
    const random = randomStream(3, `beta ${alpha}`)
    const draws = Array.from({ length: 20_000 }, () => symmetricBeta(random, alpha))
    expect(draws.every((draw) => draw >= 0 && draw <= 1)).toBe(true)
    const mean = draws.reduce((sum, draw) => sum + draw) / draws.length
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.015)
    // Var = 1 / (4 (2α + 1)).
    expect(Math.abs(variance * 4 * (2 * alpha + 1) - 1)).toBeLessThan(0.03)
  }
})

test('a shuffle keeps every item, and every order of three comes up about equally often', () => {
  const random = randomStream(2, 'shuffle')
  const seen = new Map<string, number>()
  for (let round = 0; round < 6000; round++) {
    const order = shuffled(['a', 'b', 'c'], random).join('')
    seen.set(order, (seen.get(order) ?? 0) + 1)
  }
  expect([...seen.keys()].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba'])
  for (const times of seen.values()) expect(Math.abs(times - 1000)).toBeLessThan(150)
  expect([...shuffledOrder(100, random)].sort((a, b) => a - b)).toEqual([...Array(100).keys()])
})
