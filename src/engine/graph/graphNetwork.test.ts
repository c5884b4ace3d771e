import { afterEach, expect, test } from 'vitest'
import type { LayerInput, Optimiser } from '../../shared/domain/modelSpec.ts'
import type { NamedArray, Network, NetworkOptions } from './network.ts'
import { held } from './session.ts'
import { drawnBatch, openNetwork, sigmoidHead, smallSpec } from './testing/smallNetwork.ts'

const layers: LayerInput[] = [
  { type: 'conv2d', filters: 4, activation: 'relu' },
  { type: 'maxPool' },
  { type: 'dropout', rate: 0.3 },
  ...sigmoidHead,
]
const spec = smallSpec(layers)

const opened: Network[] = []
const open = (from = spec, changes: Partial<NetworkOptions> = {}): Network => {
  const network = openNetwork(from, changes)
  opened.push(network)
  return network
}
afterEach(() => {
  for (const network of opened.splice(0)) network.dispose()
  expect(held()).toEqual({ graphs: 0, tensors: 0 })
})

const valuesOf = (arrays: readonly NamedArray[]): Float32Array[] =>
  arrays.map(({ values }) => values)
const films = drawnBatch(spec, 70, 0).films

test('weights read from one network make another score alike, also in more films than one run takes', () => {
  const first = open()
  const second = open(spec, { seed: 2, inferenceOnly: true })
  expect(second.predict(films)).not.toEqual(first.predict(films))
  second.writeWeights(first.readWeights('current'))
  expect(second.predict(films)).toEqual(first.predict(films))
  expect(second.predict(films)).toHaveLength(70)
})

// TensorFlow takes an array over without a copy where it begins on a line of 64 bytes, and one of 16 places does.
test('weights that were written are the network’s own, wherever in memory they came from', () => {
  const network = open()
  const weights = network.readWeights('current')
  const rooms = weights.map(({ values }) => new Float32Array(values.length + 16))
  for (let place = 0; place < 16; place++) {
    const moved = weights.map(({ name, shape, values }, at) => {
      const copy = rooms[at]!.subarray(place, place + values.length)
      copy.set(values)
      return { name, shape, values: copy }
    })
    network.writeWeights(moved)
    for (const { values } of moved) values.fill(7)
    expect(network.readWeights('current'), `${place} floats in`).toEqual(weights)
  }
})

test('the same seed draws the same weights, another seed others', () => {
  const [a, b, c] = [open(), open(), open(spec, { seed: 2 })]
  expect(a.readWeights('current')).toEqual(b.readWeights('current'))
  expect(a.readWeights('current')).not.toEqual(c.readWeights('current'))
})

const optimisers: Optimiser['kind'][] = ['sgd', 'momentum', 'adam', 'adamw', 'rmsprop']

test.each(optimisers)('%s: 3 steps, a new network, 3 steps are 6 steps to the last bit', (kind) => {
  const trained = smallSpec(layers, { optimiser: { kind, learningRate: 0.01 } })
  const options = { weightAverage: 0.9 }
  const steps = (network: Network, from: number, to: number) => {
    for (let seed = from; seed < to; seed++) network.trainStep(drawnBatch(trained, 6, seed), 0.01)
  }
  const straight = open(trained, options)
  steps(straight, 0, 6)
  const before = open(trained, options)
  steps(before, 0, 3)
  const after = open(trained, { ...options, seed: 9 })
  after.writeWeights(before.readWeights('current'))
  after.writeTrainingState(before.readTrainingState())
  steps(after, 3, 6)
  expect(valuesOf(after.readTrainingState())).toEqual(valuesOf(straight.readTrainingState()))
  expect(after.readWeights('averaged')).toEqual(straight.readWeights('averaged'))
  expect(after.readWeights('current')).toEqual(straight.readWeights('current'))
})

test('averaged weights follow by their decay, which warms up, and score the films', () => {
  const network = open(spec, { weightAverage: 0.75 })
  const [start] = valuesOf(network.readWeights('current'))
  network.trainStep(drawnBatch(spec, 6, 1), 0.01)
  const [first] = valuesOf(network.readWeights('current'))
  network.trainStep(drawnBatch(spec, 6, 2), 0.01)
  const [second] = valuesOf(network.readWeights('current'))
  const averaged = network.readWeights('averaged')
  averaged[0]!.values.forEach((value, at) => {
    // The decay is 2/11, then 3/12.
    const once = (2 / 11) * start![at]! + (9 / 11) * first![at]!
    expect(value).toBeCloseTo(0.25 * once + 0.75 * second![at]!, 6)
  })
  const same = open(spec, { inferenceOnly: true })
  same.writeWeights(averaged)
  expect(network.predict(films)).toEqual(same.predict(films))
})

test('moving statistics of an averaged network are the current ones', () => {
  const normalised = smallSpec([{ type: 'batchNormalization' }, ...sigmoidHead])
  const network = open(normalised, { weightAverage: 0.5 })
  network.trainStep(drawnBatch(normalised, 6, 1), 0.01)
  const named = (kind: 'current' | 'averaged') =>
    network.readWeights(kind).find(({ name }) => name.endsWith('/movingMean'))?.values
  expect(named('averaged')).toEqual(named('current'))
})

test('learning brings the loss down, and the count of correct films up', () => {
  const network = open()
  const batch = drawnBatch(spec, 16, 3)
  const first = network.trainStep(batch, 0.01)
  for (let step = 0; step < 150; step++) network.trainStep({ ...batch, seed: step }, 0.01)
  const last = network.trainStep(batch, 0.01)
  expect(last.lossSum).toBeLessThan(first.lossSum / 2)
  expect(last.correct).toBeGreaterThanOrEqual(14)
  expect(last.count).toBe(16)
})

test('a loss that is not finite is an error', () => {
  const network = open()
  const broken = network.readWeights('current')
  broken.at(-1)!.values.fill(Number.NaN)
  network.writeWeights(broken)
  expect(() => network.trainStep(drawnBatch(spec, 2, 1), 0.01)).toThrow(
    expect.objectContaining({ code: 'NUMERIC' }),
  )
})

test('memory stays flat over 500 steps, and no tensor is left behind', () => {
  const network = open()
  const batch = drawnBatch(spec, 16, 1)
  const run = (steps: number) => {
    for (let seed = 0; seed < steps; seed++) network.trainStep({ ...batch, seed }, 1e-4)
    return process.memoryUsage().rss
  }
  const before = run(100)
  const { tensors } = held()
  expect(run(500) - before).toBeLessThan(20e6)
  expect(held().tensors).toBe(tensors)
})

test('a disposed network says so, and may be disposed again', () => {
  const network = open()
  network.dispose()
  expect(() => network.predict(films)).toThrow('The network was disposed')
  network.dispose()
})

const batch = drawnBatch(spec, 2, 1)
const refusals: [string, string, (network: Network) => void][] = [
  ['BAD_INPUT', 'Label 2 is not one of 2 classes', (n) => n.trainStep({ ...batch, labels: Int32Array.of(0, 2) }, 1)], // prettier-ignore
  ['BAD_INPUT', 'labels: 2 numbers are needed, but there are 1', (n) => n.trainStep({ ...batch, labels: Int32Array.of(0) }, 1)], // prettier-ignore
  ['BAD_INPUT', '2 films of 8×8×1 are 128 bytes, but there are 127', (n) => n.predict({ ...batch.films, pixels: new Uint8Array(127) })], // prettier-ignore
  ['BAD_INPUT', 'small takes grey films, and these are in colour', (n) => n.predict({ ...batch.films, channels: 3 })], // prettier-ignore
  ['BAD_MODEL', 'There are no weights for conv2d_1/bias', (n) => { n.writeWeights(n.readWeights('current').slice(0, 1)) }], // prettier-ignore
  ['BAD_MODEL', 'The network has no weights named other/kernel', (n) => { n.writeWeights([{ name: 'other/kernel', shape: [1], values: new Float32Array(1) }]) }], // prettier-ignore
  ['BAD_MODEL', 'conv2d_1/kernel is 3×3×1×4 in the network, but 36 in the weights', (n) => { n.writeWeights(n.readWeights('current').map((array) => ({ ...array, shape: [array.values.length] }))) }], // prettier-ignore
]

test.each(refusals)('%s: %s', (code, message, act) => {
  const network = open()
  expect(() => {
    act(network)
  }).toThrow(expect.objectContaining({ code, message }))
})

test('a network that is frozen throughout, or made for prediction only, refuses to train', () => {
  const frozen = smallSpec(layers.map((layer) => ({ ...layer, frozen: true })))
  for (const network of [open(frozen), open(spec, { inferenceOnly: true })])
    expect(() => network.trainStep(batch, 1)).toThrow('small has no weights to train')
})
