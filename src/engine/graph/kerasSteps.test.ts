/** Every layer, loss and optimiser against Keras 3: scripts/fixtures/keras_steps.py made the fixture. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ModelSpec } from '../../shared/domain/modelSpec.ts'
import { inferShapes } from '../models/shapes.ts'
import { createGraphNetwork } from './graphNetwork.ts'
import type { Network, NetworkOptions } from './network.ts'
import { held } from './session.ts'
import { drawnBytes, drawnLabels, drawnWeights } from './testing/draws.ts'

const Case = z.object({
  title: z.string(),
  spec: ModelSpec,
  stored: z.union([z.literal(1), z.literal(3)]),
  films: z.int(),
  steps: z.int(),
  weights: z.array(z.number()).nullable(),
  probabilities: z.array(z.number()),
  losses: z.array(z.number()),
  after: z.record(z.string(), z.array(z.number())),
})
type Case = z.output<typeof Case>

const fixture = new URL('../../../tests/fixtures/keras-steps.json', import.meta.url)
const cases = z.array(Case).parse(JSON.parse(readFileSync(fileURLToPath(fixture), 'utf8')))

let network: Network | undefined
afterEach(() => {
  network?.dispose()
  network = undefined
})

/** Float32 sums in another order differ by this much: of the value, and for sums near zero at least. */
const closeTo = (expected: readonly number[], actual: ArrayLike<number>, tolerance = 5e-5) => {
  expect(actual.length).toBe(expected.length)
  const worst = expected.reduce((most, value, at) => {
    const gap = Math.abs(value - actual[at]!) / Math.max(1, Math.abs(value))
    return Math.max(most, Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap)
  }, 0)
  expect(worst).toBeLessThan(tolerance)
}

const open = (one: Case, changes: Partial<NetworkOptions> = {}): Network => {
  network?.dispose()
  network = createGraphNetwork({
    spec: one.spec,
    scale: 'unit',
    seed: 1,
    memoryBudgetBytes: 1e9,
    ...changes,
  })
  network.writeWeights(drawnWeights(inferShapes(one.spec).layers.flatMap(({ weights }) => weights)))
  return network
}

const filmsOf = ({ spec: { input }, films, stored }: Case) => ({
  count: films,
  channels: stored,
  pixels: drawnBytes(films * input.height * input.width * stored),
})

const train = (opened: Network, one: Case) =>
  Array.from({ length: one.steps }, (_, step) => {
    const batch = {
      films: filmsOf(one),
      labels: drawnLabels(one.films, one.spec.classes),
      seed: step,
      ...(one.weights && { weights: Float32Array.from(one.weights) }),
    }
    const { lossSum, count } = opened.trainStep(batch, one.spec.optimiser.learningRate)
    return lossSum / count
  })

const expectAfter = (opened: Network, one: Case) => {
  const after = opened.readWeights('current')
  expect(after.map(({ name }) => name)).toEqual(Object.keys(one.after))
  for (const { name, values } of after) closeTo(one.after[name]!, values)
}

describe('probabilities, losses and weights after training steps equal those of Keras', () => {
  test.each(cases)('$title', (one) => {
    const before = held()
    const opened = open(one)
    closeTo(one.probabilities, opened.predict(filmsOf(one)))
    closeTo(one.losses, train(opened, one))
    expectAfter(opened, one)
    opened.dispose()
    expect(held()).toEqual(before)
  })
})

const hasBatchStatistics = ({ spec }: Case) =>
  spec.layers.some(({ type, frozen }) => type === 'batchNormalization' && frozen !== true)

describe('a batch split into pieces gives the same', () => {
  test.each(cases.filter((one) => !hasBatchStatistics(one)))('$title', (one) => {
    // Too small for anything: every film is a piece of its own.
    const opened = open(one, { memoryBudgetBytes: 1 })
    closeTo(one.losses, train(opened, one))
    expectAfter(opened, one)
  })
})
