import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ModelSpec, type LayerInput } from '../../shared/domain/modelSpec.ts'
import type { Scale } from '../../shared/domain/preprocessing.ts'
import { createGraphNetwork } from '../graph/graphNetwork.ts'
import { initialWeights } from '../graph/initialWeights.ts'
import type { FilmBatch } from '../graph/network.ts'
import { drawnBytes, drawnWeights } from '../graph/testing/draws.ts'
import { sigmoidHead, smallSpec } from '../graph/testing/smallNetwork.ts'
import { recipes } from '../models/presets.ts'
import { inferShapes } from '../models/shapes.ts'
import { startWasm } from './startWasm.ts'
import { createWasmNetwork } from './wasmNetwork.ts'

const specsOf = (spec: ModelSpec) => inferShapes(spec).layers.flatMap(({ weights }) => weights)
const vggLite = ModelSpec.parse(recipes.find(({ spec }) => spec.name.includes('vgg'))!.spec)

const mixed = smallSpec([
  { type: 'conv2d', filters: 4, padding: 'same', activation: 'relu' },
  { type: 'batchNormalization' },
  { type: 'conv2d', filters: 4, padding: 'same', useBias: false, name: 'a' },
  { type: 'batchNormalization' },
  { type: 'activation', activation: 'relu', name: 'b' },
  { type: 'depthwiseConv2d', padding: 'same', activation: 'relu6' },
  { type: 'batchNormalization', name: 'c' },
  { type: 'add', inputs: ['b', 'c'] },
  { type: 'maxPool' },
  { type: 'dropout', rate: 0.5 },
  ...sigmoidHead,
])

const Case = z.object({
  title: z.string(),
  spec: ModelSpec,
  stored: z.union([z.literal(1), z.literal(3)]),
  films: z.int(),
  weights: z.array(z.number()).nullable(),
  probabilities: z.array(z.number()),
})
const fixture = new URL('../../../tests/fixtures/keras-steps.json', import.meta.url)
const cases = z.array(Case).parse(JSON.parse(readFileSync(fileURLToPath(fixture), 'utf8')))

const furthest = (found: ArrayLike<number>, expected: ArrayLike<number>) => {
  expect(found.length).toBe(expected.length)
  return Math.max(...Array.from(found, (value, at) => Math.abs(value - expected[at]!)))
}

// tfjs has one backend at a time, so the graph goes first.
const compared: [string, ModelSpec, FilmBatch][] = [
  ['a small network', mixed, { count: 9, channels: 1, pixels: drawnBytes(9 * 8 * 8) }],
  ['vgg-lite', vggLite, { count: 1, channels: 1, pixels: drawnBytes(224 * 224) }],
]
const natively = compared.map(([, spec, films]) => {
  const network = createGraphNetwork({ spec, scale: 'unit', seed: 0, memoryBudgetBytes: 6e8, inferenceOnly: true }) // prettier-ignore
  network.writeWeights(weightsFor(spec))
  const probabilities = network.predict(films)
  network.dispose()
  return probabilities
})
const scales: Scale[] = [
  'none',
  { kind: 'l2', axis: 'height' },
  { kind: 'l2', axis: 'width' },
  { kind: 'standardise' },
  { kind: 'centre' },
  { kind: 'dataset', measured: { mean: [120, 110, 100], deviation: [60, 50, 40] } },
]
const colourful = smallSpec([{ type: 'conv2d', filters: 2 }, ...sigmoidHead], {
  input: { height: 8, width: 8, channels: 3 },
})
const greyFilms: FilmBatch = { count: 3, channels: 1, pixels: drawnBytes(3 * 8 * 8) }
const scaledNatively = scales.map((scale) => {
  const network = createGraphNetwork({ spec: colourful, scale, seed: 0, memoryBudgetBytes: 6e8, inferenceOnly: true }) // prettier-ignore
  network.writeWeights(weightsFor(colourful))
  const probabilities = network.predict(greyFilms)
  network.dispose()
  return probabilities
})
function weightsFor(spec: ModelSpec) {
  return spec === vggLite ? initialWeights(specsOf(spec), 5) : drawnWeights(specsOf(spec))
}

const tensorsBefore = (await startWasm()).memory().numTensors
afterAll(async () => {
  expect((await startWasm()).memory().numTensors).toBe(tensorsBefore)
})

test.each(compared.map((one, at) => [...one, at] as const))(
  '%s gives the probabilities of the graph, and no tensor outlives a prediction',
  async (_, spec, films, at) => {
    const tf = await startWasm()
    const network = await createWasmNetwork({ spec, scale: 'unit' })
    network.writeWeights(weightsFor(spec))
    const tensors = tf.memory().numTensors
    expect(furthest(network.predict(films), natively[at]!)).toBeLessThan(1e-4)
    expect(tf.memory().numTensors).toBe(tensors)
    network.dispose()
  },
)

describe('every layer scores films as Keras does', () => {
  test.each(cases.map((one) => [one.title, one] as const))('%s', async (_, one) => {
    const { spec, stored, films } = one
    const network = await createWasmNetwork({ spec, scale: 'unit' })
    network.writeWeights(drawnWeights(specsOf(spec)))
    const pixels = drawnBytes(films * spec.input.height * spec.input.width * stored)
    const found = network.predict({ count: films, channels: stored, pixels })
    expect(furthest(found, one.probabilities)).toBeLessThan(1e-4)
    network.dispose()
  })
})

test.each(scales.map((scale, at) => [JSON.stringify(scale), scale, at] as const))(
  'films scaled by %s score as in the graph',
  async (_, scale, at) => {
    const tf = await startWasm()
    const network = await createWasmNetwork({ spec: colourful, scale })
    network.writeWeights(weightsFor(colourful))
    const tensors = tf.memory().numTensors
    expect(furthest(network.predict(greyFilms), scaledNatively[at]!)).toBeLessThan(1e-4)
    expect(tf.memory().numTensors).toBe(tensors)
    network.dispose()
  },
)

test('weights come back as they were written, and a network without them says so', async () => {
  const network = await createWasmNetwork({ spec: mixed, scale: 'none' })
  const films: FilmBatch = { count: 1, channels: 1, pixels: new Uint8Array(64) }
  expect(() => network.predict(films)).toThrow('no weights')
  const weights = drawnWeights(specsOf(mixed))
  network.writeWeights(weights)
  expect(network.readWeights('current')).toEqual(weights)
  expect(() => network.writeWeights(weights.slice(1))).toThrow('There are no weights for')
  expect(network.predict(films)).toHaveLength(1)
  network.dispose()
})

test('it refuses films of another size, and training', async () => {
  const network = await createWasmNetwork({ spec: mixed, scale: 'unit' })
  const films: FilmBatch = { count: 1, channels: 1, pixels: new Uint8Array(3) }
  expect(() => network.predict(films)).toThrow('are 64 bytes, but there are 3')
  const batch = { films, labels: Int32Array.of(0), seed: 1 }
  expect(() => network.trainStep(batch, 0.1)).toThrow('it cannot be trained')
})

const odd: [string, LayerInput][] = [
  ['a pool of single pixels', { type: 'maxPool', pool: [1, 1], strides: [2, 2] }],
  ['a mean of single pixels', { type: 'averagePool', pool: [1, 1], strides: [2, 2] }],
]
test.each(odd)('%s picks every other pixel', async (_, layer) => {
  const spec = smallSpec([layer, ...sigmoidHead])
  const network = await createWasmNetwork({ spec, scale: 'unit' })
  const weights = drawnWeights(specsOf(spec))
  network.writeWeights(weights)
  const pixels = drawnBytes(64)
  const kernel = weights[0]!.values
  const picked = [0, 2, 4, 6].flatMap((row) => [0, 2, 4, 6].map((column) => pixels[8 * row + column]! / 255)) // prettier-ignore
  const logit = picked.reduce((sum, value, at) => sum + value * kernel[at]!, weights[1]!.values[0]!)
  const found = network.predict({ count: 1, channels: 1, pixels })
  expect(found[0]).toBeCloseTo(1 / (1 + Math.exp(-logit)), 5)
  network.dispose()
})
