import { expect, test } from 'vitest'
import { ModelSpec } from '../src/shared/domain/modelSpec.ts'
import { initialWeights } from '../src/engine/graph/initialWeights.ts'
import type { NamedArray } from '../src/engine/graph/network.ts'
import { inferShapes } from '../src/engine/models/shapes.ts'
import { createInferenceNetwork } from '../src/engine/predict/inferenceNetwork.ts'
import { forkedSpec, forkedWeights } from './fork.ts'
import { specOf } from './protocol.ts'

const spec = ModelSpec.parse({
  name: 'small',
  input: { height: 8, width: 8, channels: 1 },
  classes: 2,
  layers: [
    { type: 'conv2d', name: 'stem', filters: 3, frozen: true },
    { type: 'activation', name: 'stem.relu', activation: 'relu' },
    { type: 'conv2d', name: 'head', filters: 3, padding: 'same' },
    { type: 'add', name: 'sum', inputs: ['head', 'stem.relu'] },
    { type: 'globalAveragePool', name: 'pool' },
    { type: 'dropout', name: 'dropout', rate: 0.3 },
    { type: 'dense', name: 'score', units: 1, activation: 'sigmoid' },
  ],
  loss: { kind: 'binaryCrossentropy' },
  optimiser: { kind: 'sgd' },
})

const drawn = (seed: number) =>
  initialWeights(inferShapes(spec).layers.flatMap(({ weights }) => weights), seed) // prettier-ignore
const withStemOf = (weights: readonly NamedArray[], other: readonly NamedArray[]) =>
  weights.map((array) => (array.name.startsWith('stem/') ? other.find(({ name }) => name === array.name)! : array)) // prettier-ignore

test('a forked network has what is frozen once, and a branch of each model', () => {
  const forked = forkedSpec(spec, 2)
  expect(forked.layers.map(({ name, inputs }) => [name, inputs])).toEqual([
    ['stem', undefined],
    ['stem.relu', undefined],
    ['branch1.head', ['stem.relu']],
    ['branch1.sum', ['branch1.head', 'stem.relu']],
    ['branch2.head', ['stem.relu']],
    ['branch2.sum', ['branch2.head', 'stem.relu']],
    ['joined', ['branch1.sum', 'branch2.sum']],
    ['pool', undefined],
    ['dropout', undefined],
    ['score', undefined],
  ])
})

test('its logit is the mean of those of its models', async () => {
  const first = drawn(1)
  const models = [first, withStemOf(drawn(2), first)]
  const films = { count: 3, channels: 1 as const, pixels: Uint8Array.from({ length: 192 }, (_, at) => (at * 37) % 256) } // prettier-ignore
  const logitsOf = async (of: ModelSpec, weights: readonly NamedArray[]) => {
    const { network } = await createInferenceNetwork({ spec: of, scale: { kind: 'centre' } })
    network.writeWeights(weights)
    const scores = [...network.predict(films)]
    network.dispose()
    return scores.map((score) => Math.log(score / (1 - score)))
  }
  const one = await logitsOf(spec, models[0]!)
  const two = await logitsOf(spec, models[1]!)
  const both = await logitsOf(forkedSpec(spec, 2), forkedWeights(spec, models))
  both.forEach((logit, at) => expect(logit).toBeCloseTo((one[at]! + two[at]!) / 2, 5))
  expect(one[0]).not.toBeCloseTo(two[0]!, 2)
})

test('models that do not share their trunk are not joined', () => {
  expect(() => forkedWeights(spec, [drawn(1), drawn(2)])).toThrow('stem/kernel is not the same')
  expect(() => forkedWeights(spec, [drawn(1), drawn(1).slice(1)])).toThrow('stem/kernel is not in')
})

test('the network of the protocol forks where it begins to learn', () => {
  const forked = forkedSpec(specOf(undefined), 2)
  const place = forked.layers.findIndex(({ name }) => name?.startsWith('branch1.'))
  expect(forked.layers[place]!.name).toBe('branch1.block3.expand')
  expect(inferShapes(forked).layers.find(({ name }) => name === 'joined')!.outputShape).toEqual([6, 6, 2560]) // prettier-ignore
})
