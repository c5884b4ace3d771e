import { expect, test } from 'vitest'
import { ModelSpec } from '../../../shared/domain/modelSpec.ts'
import { randomStream } from '../../data/random.ts'
import { drawnWeights } from '../../graph/testing/draws.ts'
import { inferShapes } from '../../models/shapes.ts'
import { cellMeans, CELLS } from './cells.ts'
import { deletionTest } from './deletion.ts'
import { droppedWeights } from './droppedWeights.ts'
import { trustOf } from './mapTrust.ts'
import { rankCorrelation } from './rankCorrelation.ts'
import { middleOf, shiftedFilm } from './shifted.ts'

test('rank correlation sees order alone, and shares the ranks of equal values', () => {
  expect(rankCorrelation([1, 2, 3, 4], [10, 20, 30, 1000])).toBe(1)
  expect(rankCorrelation([1, 2, 3], [3, 2, 1])).toBe(-1)
  // Ranks 0 1 2 and 0 2 1: 1 − 6·2 / (3·8) = 0.5.
  expect(rankCorrelation([1, 2, 3], [1, 3, 2])).toBeCloseTo(0.5, 12)
  // scipy.stats.spearmanr([1, 2, 2, 3], [1, 2, 3, 4]) = 0.9486832980505138.
  expect(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(0.9486832980505138, 12)
  expect(rankCorrelation([5, 5, 5], [1, 2, 3])).toBe(0)
})

test('a film moved and its map moved back meet again', () => {
  const side = { rows: 12, columns: 12 }
  const pixels = Uint8Array.from({ length: 144 }, (_, at) => at)
  const shift = { down: 4, right: -4 }
  const moved = shiftedFilm({ channels: 1, pixels }, side, shift)
  const map = (values: Uint8Array) => ({ ...side, values: Float32Array.from(values) })
  const here = middleOf(map(pixels), 4, { down: 0, right: 0 })
  expect(middleOf(map(moved.pixels), 4, shift).values).toEqual(here.values)
  expect([here.rows, here.columns, here.values[0]]).toEqual([4, 4, 4 * 12 + 4])
})

const spec = ModelSpec.parse({
  name: 'dropped',
  input: { height: 8, width: 8, channels: 1 },
  classes: 2,
  layers: [
    { type: 'conv2d', filters: 4, activation: 'relu' },
    { type: 'separableConv2d', filters: 3 },
    { type: 'flatten' },
    { type: 'dense', units: 1, activation: 'sigmoid' },
  ],
  loss: { kind: 'binaryCrossentropy' },
  optimiser: { kind: 'adam' },
})

test('dropout leaves out what a layer receives, never the film, and keeps the mean', () => {
  const model = inferShapes(spec)
  const weights = drawnWeights(model.layers.flatMap((layer) => layer.weights))
  const dropped = droppedWeights(model, weights, randomStream(3, 'test'), 0.5)!
  const changed = dropped.filter(({ values }, at) => values !== weights[at]!.values)
  expect(changed.map(({ name }) => name)).toEqual([
    'separableConv2d_1/pointwiseKernel',
    'dense_1/kernel',
  ])
  const [pointwise] = changed
  const before = weights.find(({ name }) => name === pointwise!.name)!
  const factors = pointwise!.values.map((value, at) => value / before.values[at]!)
  for (const factor of factors) expect([0, 2]).toContain(Math.round(factor))
  // One factor for all that leaves one input.
  for (let at = 0; at < factors.length; at += 3)
    expect(new Set(factors.slice(at, at + 3).map(Math.round)).size).toBe(1)
})

test('a network that sees the film and nothing else has nothing to drop', () => {
  const flat = ModelSpec.parse({
    ...spec,
    layers: [{ type: 'flatten' }, { type: 'dense', units: 1, activation: 'sigmoid' }],
  })
  const model = inferShapes(flat)
  const weights = drawnWeights(model.layers.flatMap((layer) => layer.weights))
  expect(droppedWeights(model, weights, randomStream(1, 'test'), 0.1)).toBeUndefined()
})

/** A «network» that calls a film by the mean of its top left quarter. */
const side = { rows: 32, columns: 32 }
const corner = {
  predict: ({ count, pixels }: { count: number; pixels: Uint8Array }) =>
    Float32Array.from({ length: count }, (_, film) => {
      let sum = 0
      for (let y = 0; y < 16; y++)
        for (let x = 0; x < 16; x++) sum += pixels[film * 1024 + y * 32 + x]!
      return sum / 256 / 255
    }),
}
const brightCorner = Uint8Array.from({ length: 1024 }, (_, at) =>
  at % 32 < 16 && at < 512 ? 250 : 20,
)

const deletion = (values: Float32Array) =>
  deletionTest(
    { ...side, values },
    {
      ...{ network: corner, side },
      film: { channels: 1, pixels: brightCorner },
      probabilityOf: (row) => row[0]!,
      random: randomStream(1, 'test'),
    },
    () => Promise.resolve(),
  )

test('a map that marks what counts loses the score first; its opposite loses it last', async () => {
  const right = Float32Array.from(brightCorner)
  const found = await deletion(right)
  expect(found.beaten).toBe(1)
  expect(found.area).toBeLessThan(found.chance)
  const wrong = await deletion(right.map((value) => 255 - value))
  expect(wrong.beaten).toBe(0)
  expect(wrong.area).toBeGreaterThan(wrong.chance)
  expect(wrong.chance).toBe(found.chance)
})

test('cells are means of their pixels', () => {
  const values = Float32Array.from({ length: 1024 }, (_, at) => (at % 2 === 0 ? 1 : 3))
  expect([...cellMeans({ ...side, values })]).toEqual(new Array(CELLS * CELLS).fill(2))
})

test('one failed test of three leaves a map fair, two make it low', () => {
  const good = { beaten: 1, area: 0.2, chance: 0.6 }
  expect(trustOf(0.9, 0.8, good).level).toBe('high')
  expect(trustOf(0.6, 0.8, good).level).toBe('fair')
  expect(trustOf(0.6, 0.5, good).level).toBe('low')
  expect(trustOf(0.9, undefined, good).level).toBe('high')
  expect(trustOf(0.6, undefined, good).level).toBe('low')
  expect(trustOf(0.9, 0.8, { ...good, beaten: 0.9 }).deletion.holds).toBe(false)
})
