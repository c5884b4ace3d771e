import { expect, test } from 'vitest'
import type { FilmBatch } from './network.ts'
import { labelParts, partnerOf } from './mixing.ts'
import { openNetwork, smallSpec } from './testing/smallNetwork.ts'

const still = [1, 0, 0, 0, 1, 0, 0, 0]
const films = (...greys: number[]): FilmBatch => ({
  count: greys.length,
  channels: 1,
  pixels: Uint8Array.from(greys),
})
/** One weight w and one bias b on a film of one pixel: z = w·grey + b. */
const spec = smallSpec(
  [
    { type: 'flatten' },
    { type: 'dense', units: 1, activation: 'sigmoid', kernelInitializer: 'zeros' },
  ],
  { input: { height: 1, width: 1, channels: 1 }, optimiser: { kind: 'sgd' } },
)

test('films are mixed in pairs of neighbours, and one that is left over with itself', () => {
  expect([0, 1, 2, 3, 4].map((film) => partnerOf(film, 5))).toEqual([1, 0, 3, 2, 4])
})

test('labels of a pair share the loss as their films are mixed, each with its own weight', () => {
  const { own, other } = labelParts({
    labels: Int32Array.of(0, 1, 1),
    shares: Float32Array.of(0.5, 1, 2),
    ownShares: Float32Array.of(0.75, 0.5, 0.75),
  })
  expect([...own.labels, ...other.labels]).toEqual([0, 1, 1, 1, 0, 1])
  expect([...own.shares]).toEqual([0.375, 0.5, 1.5])
  expect([...other.shares]).toEqual([0.25, 0.25, 0.5])
})

test('a doubtful film counts as both classes, and keeps its doubt where it is mixed', () => {
  const doubtful = {
    labels: Int32Array.of(0, 1, 1),
    shares: Float32Array.of(0.5, 1, 2),
    doubts: Float32Array.of(0.25, 0.5, 0),
  }
  const alone = labelParts(doubtful)
  expect([...alone.own.labels, ...alone.other.labels]).toEqual([0, 1, 1, 1, 0, 0])
  expect([...alone.own.shares]).toEqual([0.375, 0.5, 2])
  expect([...alone.other.shares]).toEqual([0.125, 0.5, 0])
  // The first film as 0: ½·¾·¾ of its own and 1·¼·½ of its partner; the second as 1: 1·½·½ and ½·½·¼.
  const mixed = labelParts({ ...doubtful, ownShares: Float32Array.of(0.75, 0.5, 0.75) })
  expect([...mixed.own.shares]).toEqual([0.40625, 0.3125, 2])
  expect([...mixed.other.shares]).toEqual([0.21875, 0.4375, 0])
})

test('a step on a doubtful film pulls towards the share of the positive class', () => {
  // p = ½ at zero weights. The first is positive with a doubt of ¼: p − ¾; the second negative with one of 0.1: p − 0.1.
  const network = openNetwork(spec, { scale: 'none' })
  network.trainStep(
    {
      films: films(100, 40),
      labels: Int32Array.of(1, 0),
      doubts: Float32Array.of(0.25, 0.1),
      seed: 1,
    },
    1,
  )
  const [kernel, bias] = network.readWeights('current')
  network.dispose()
  expect(kernel!.values[0]).toBeCloseTo((0.25 * 100 - 0.4 * 40) / 2, 4)
  expect(bias!.values[0]).toBeCloseTo((0.25 - 0.4) / 2, 6)
})

test('a step on mixed films is that of the blended pixels with both labels, whole or in pieces', () => {
  // Of four films (0, 200 | 40, 80) with labels (0, 1 | 1, 1), kept to ¾, 1, ½, ½:
  // blended 50, 200, 60, 60; at zero weights p = ½, so each label pulls by p − y = ±½.
  // Mean of share-weighted (p − y)·grey: film 1: (¾·½ − ¼·½)·50 = 12.5; then −100, −30, −30: −147.5 ÷ 4.
  for (const memoryBudgetBytes of [1e9, 1]) {
    const network = openNetwork(spec, { scale: 'none', memoryBudgetBytes })
    const { lossSum, correct } = network.trainStep(
      {
        films: films(0, 200, 40, 80),
        labels: Int32Array.of(0, 1, 1, 1),
        augmentation: {
          transforms: Float32Array.from([...still, ...still, ...still, ...still]),
          fill: 'nearest',
          ownShares: Float32Array.of(0.75, 1, 0.5, 0.5),
        },
        seed: 1,
      },
      1,
    )
    const [kernel, bias] = network.readWeights('current')
    network.dispose()
    expect(kernel!.values[0]).toBeCloseTo(147.5 / 4, 4)
    // (½·½ − 3·½) ÷ 4 the other way.
    expect(bias!.values[0]).toBeCloseTo(1.25 / 4, 6)
    expect(lossSum).toBeCloseTo(4 * Math.LN2, 5)
    // Zero is not above one half: only the film of class 0 is right.
    expect(correct).toBe(1)
  }
})
