import { afterEach, expect, test } from 'vitest'
import { drawnBatch, openNetwork, sigmoidHead, smallSpec } from '../graph/testing/smallNetwork.ts'
import type { Network } from '../graph/network.ts'
import { createScorer } from './scorer.ts'

let network: Network | undefined
afterEach(() => {
  network?.dispose()
  network = undefined
})

const open = (gain = 1) => {
  const layers = [{ type: 'conv2d', filters: 4, activation: 'relu' } as const, ...sigmoidHead]
  const opened = (network = openNetwork(smallSpec(layers), { inferenceOnly: true }))
  opened.writeWeights(
    opened
      .readWeights('current')
      .map((array) => ({ ...array, values: array.values.map((value) => value * gain) })),
  )
  return opened
}
/** A clock by which float32 takes 2 seconds and bfloat16 `rounded`. It is read before, between and after. */
const clock = (rounded: number) => {
  const steps = [0, 2, rounded]
  let [reads, now] = [0, 0]
  return () => (now += steps[reads++ % 3]!)
}
const order = { films: 128, precision: 'auto', manifest: { threshold: 0.5 } } as const
const batches = (opened: Network) => [1, 2, 3].map((seed) => drawnBatch(opened.spec, 8, seed).films)

test('after two batches in agreement the rest is scored in bfloat16', () => {
  const opened = open()
  const scorer = createScorer({ ...order, network: opened }, clock(1))
  const [first, second, third] = batches(opened)
  expect(scorer.score(first!)).toEqual(opened.predict(first!))
  expect(scorer.score(second!)).toEqual(opened.predict(second!))
  expect(scorer.precision()).toBe('float32')
  const scores = scorer.score(third!)
  expect(scorer.precision()).toBe('bfloat16')
  const exact = opened.predict(third!)
  const rounded = opened.predictInBfloat16!(third!)
  scores.forEach((score, film) => {
    const isDoubtful = Math.abs(rounded[film]! - 0.5) <= 0.01
    // Alone among others a film's score may differ in the last digit.
    expect(score).toBeCloseTo(isDoubtful ? exact[film]! : rounded[film]!, 6)
  })
})

test('films near the threshold keep their float32 score', () => {
  const opened = open()
  const third = batches(opened)[2]!
  const threshold = opened.predictInBfloat16!(third)[0]!
  const scorer = createScorer({ ...order, network: opened, manifest: { threshold } }, clock(1))
  batches(opened).slice(0, 2).forEach(scorer.score)
  expect(scorer.score(third)[0]).toBeCloseTo(opened.predict(third)[0]!, 6)
})

test.each([
  ['gains too little', 1, clock(1.7), {}],
  ['differs too much', 6, clock(1), {}],
  ['is not wanted', 1, clock(1), { precision: 'float32' }],
  ['would serve a short job', 1, clock(1), { films: 127 }],
] as const)('all films are scored in float32 where bfloat16 %s', (_, gain, seconds, changes) => {
  const opened = open(gain)
  const scorer = createScorer({ ...order, ...changes, network: opened }, seconds)
  for (const films of batches(opened)) expect(scorer.score(films)).toEqual(opened.predict(films))
  expect(scorer.precision()).toBe('float32')
})
