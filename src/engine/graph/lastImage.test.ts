import type { Tensor } from '@tensorflow/tfjs-node-gpu'
import { expect, test } from 'vitest'
import { ModelSpec } from '../../shared/domain/modelSpec.ts'
import { inferShapes } from '../models/shapes.ts'
import { setTfjsWeights, toTfjsModel } from '../models/tfjsModel.ts'
import { tensorflow } from '../tensorflow.ts'
import { createWasmNetwork } from '../wasm/wasmNetwork.ts'
import { createGraphNetwork } from './graphNetwork.ts'
import type { Network } from './network.ts'
import { drawnBytes, drawnWeights } from './testing/draws.ts'

const spec = ModelSpec.parse({
  name: 'seen',
  input: { height: 16, width: 16, channels: 1 },
  classes: 2,
  layers: [
    { type: 'conv2d', filters: 16, activation: 'relu' },
    { type: 'maxPool' },
    { type: 'conv2d', filters: 16 },
    { type: 'batchNormalization' },
    { type: 'activation', activation: 'relu' },
    { type: 'maxPool', name: 'last' },
    { type: 'flatten' },
    { type: 'dense', units: 1, activation: 'sigmoid' },
  ],
  loss: { kind: 'binaryCrossentropy' },
  optimiser: { kind: 'sgd' },
})

test('features are the means of the last image, as tfjs-layers has them, on both backends', async () => {
  const tf = tensorflow()
  const weights = drawnWeights(inferShapes(spec).layers.flatMap((layer) => layer.weights))
  const films = { count: 20, channels: 1, pixels: drawnBytes(20 * 256) } as const
  const model = toTfjsModel(spec)
  setTfjsWeights(spec, model, weights)
  const upTo = tf.model({ inputs: model.inputs, outputs: model.getLayer('last').output })
  const expected = tf.tidy(() => {
    const scaled = tf.div(tf.tensor4d(Float32Array.from(films.pixels), [20, 16, 16, 1]), 255)
    return tf.mean(upTo.predict(scaled) as Tensor, [1, 2]).dataSync<'float32'>()
  })
  model.dispose()
  const graph = createGraphNetwork({ spec, scale: 'unit', seed: 1, memoryBudgetBytes: 1e9, inferenceOnly: true }) // prettier-ignore
  const check = (network: Network) => {
    network.writeWeights(weights)
    const { features, probabilities } = network.predictWithFeatures(films)
    expect(probabilities).toEqual(network.predict(films))
    expect(features).toHaveLength(20 * 16)
    features.forEach((value, at) => expect(Math.abs(value - expected[at]!)).toBeLessThan(1e-4))
    network.dispose()
  }
  check(graph)
  // Once WebAssembly has started, the process computes on it alone.
  check(await createWasmNetwork({ spec, scale: 'unit' }))
})
