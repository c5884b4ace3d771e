/** The fast engine follows tfjs-layers on real films, where these are at hand. */
import type { LayersModel, Scalar, Tensor } from '@tensorflow/tfjs-node-gpu'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ModelSpec } from '../../shared/domain/modelSpec.ts'
import { recipeNamed } from '../models/presets.ts'
import { setTfjsWeights, tfjsWeights, toTfjsModel } from '../models/tfjsModel.ts'
import { tensorflow } from '../tensorflow.ts'
import type { TrainBatch } from './network.ts'
import { openNetwork } from './testing/smallNetwork.ts'

const root = '../shared/chest-xray/train'
const classes = ['NORMAL', 'PNEUMONIA']
const isThere = existsSync(root)
if (!isThere) console.info(`${root} is not here: the engine is not compared on real films`)

const SIDE = 224
const FILMS = 4
const STEPS = 20
const BATCHES = 5
const LEARNING_RATE = 1e-4
/** Keras' defaults, and ours. */
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-7]

/** Batch `index`: as many films of both classes. */
function readBatch(index: number): TrainBatch {
  const tf = tensorflow()
  const pixels = new Uint8Array(FILMS * SIDE * SIDE)
  const labels = Int32Array.from({ length: FILMS }, (_, film) => film % 2)
  const folders = classes.map((name) => readdirSync(join(root, name)).sort())
  for (const [film, label] of labels.entries()) {
    const name = folders[label]![index * FILMS + film]!
    const decoded = tf.node.decodeJpeg(readFileSync(join(root, classes[label]!, name)), 1)
    pixels.set(decoded.dataSync(), film * SIDE * SIDE)
    decoded.dispose()
  }
  return { films: { count: FILMS, channels: 1, pixels }, labels, seed: index }
}

/** A step of Keras' Adam, from the gradients that tfjs takes through its layers; gives the loss. */
function kerasAdam(model: LayersModel) {
  const tf = tensorflow()
  const slots = new Map<string, { mean: Tensor; variance: Tensor }>()
  let step = 0
  return (films: Tensor, labels: Tensor): number => {
    step++
    const alpha = (LEARNING_RATE * Math.sqrt(1 - BETA2 ** step)) / (1 - BETA1 ** step)
    const { value, grads } = tf.variableGrads(() => {
      const scores = model.apply(films, { training: true }) as Tensor
      return tf.mean<Scalar>(tf.metrics.binaryCrossentropy(labels, scores))
    })
    for (const weight of model.trainableWeights) {
      const gradient = grads[weight.name]!
      const known = slots.get(weight.name)
      const moments = tf.tidy(() => {
        const mean = tf.add(tf.mul(known?.mean ?? 0, BETA1), tf.mul(gradient, 1 - BETA1))
        const square = tf.mul(tf.square(gradient), 1 - BETA2)
        const variance = tf.add(tf.mul(known?.variance ?? 0, BETA2), square)
        const change = tf.div(tf.mul(mean, alpha), tf.add(tf.sqrt(variance), EPSILON))
        weight.write(tf.sub(weight.read(), change))
        return { mean, variance }
      })
      if (known) tf.dispose([known.mean, known.variance])
      slots.set(weight.name, moments)
      gradient.dispose()
    }
    const loss = value.dataSync()[0]!
    value.dispose()
    return loss
  }
}

test.skipIf(!isThere)(
  '20 steps of pneumonia-vgg-lite on real films give the losses and weights of tfjs-layers',
  () => {
    const tf = tensorflow()
    const { spec } = recipeNamed('pneumonia-vgg-lite')
    const slow = ModelSpec.parse({
      ...spec,
      optimiser: { kind: 'adam', learningRate: LEARNING_RATE },
    })
    const network = openNetwork(slow)
    const model = toTfjsModel(slow)
    setTfjsWeights(slow, model, network.readWeights('current'))
    const referenceStep = kerasAdam(model)
    const batches = Array.from({ length: BATCHES }, (_, index) => readBatch(index))
    for (let step = 0; step < STEPS; step++) {
      const batch = batches[step % BATCHES]!
      const films = tf.tidy(() => {
        const grey = tf.tensor4d(Float32Array.from(batch.films.pixels), [FILMS, SIDE, SIDE, 1])
        return tf.tile(tf.div(grey, 255), [1, 1, 1, 3])
      })
      const labels = tf.tensor2d(Float32Array.from(batch.labels), [FILMS, 1])
      const expected = referenceStep(films, labels)
      tf.dispose([films, labels])
      const { lossSum, count } = network.trainStep(batch, LEARNING_RATE)
      expect(Math.abs(lossSum / count - expected)).toBeLessThan(1e-3)
    }
    const expected = tfjsWeights(slow, model)
    const worst = network.readWeights('current').map(({ values }, place) => {
      const reference = expected[place]!.values
      return values.reduce((most, value, at) => Math.max(most, Math.abs(value - reference[at]!)), 0)
    })
    expect(Math.max(...worst)).toBeLessThan(1e-3)
    network.dispose()
    model.dispose()
  },
  120_000,
)
