import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Tensor } from '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ModelSpec, type LayerInput } from '../../shared/domain/modelSpec.ts'
import { randomStream } from '../data/random.ts'
import { createGraphNetwork } from '../graph/graphNetwork.ts'
import { held } from '../graph/session.ts'
import { drawnBytes, drawnWeights } from '../graph/testing/draws.ts'
import { savePackage, type LoadedPackage } from '../models/package.ts'
import { inferShapes } from '../models/shapes.ts'
import { tinyCard } from '../models/testing/tinyPackage.ts'
import { setTfjsWeights, toTfjsModel } from '../models/tfjsModel.ts'
import { INPUT } from '../models/wiring.ts'
import { loadedModels } from '../predict/loadModel.ts'
import { tensorflow } from '../tensorflow.ts'
import { explainFilm } from './explain.ts'
import { mapTrust } from './trust/mapTrust.ts'
import { openGradients } from './gradientGraph.ts'
import { gradCam, gradCamPlusPlus, normalised, resized } from './heatMap.ts'
import { overlayPicture } from './overlay.ts'
import { colourOf } from '../../shared/heatColours.ts'
import { integratedGradients } from './saliency.ts'
import { softened } from './softened.ts'

const specOf = (classes: number, layers: LayerInput[], side: number): ModelSpec =>
  ModelSpec.parse({
    name: 'explained',
    input: { height: side, width: side, channels: 3 },
    classes,
    layers,
    loss: { kind: classes === 2 ? 'binaryCrossentropy' : 'categoricalCrossentropy' },
    optimiser: { kind: 'adam', learningRate: 0.01 },
  })

const body: LayerInput[] = [
  { type: 'conv2d', filters: 5, padding: 'same', activation: 'relu' },
  { type: 'batchNormalization' },
  { type: 'maxPool' },
  { type: 'dropout', rate: 0.3 },
  { type: 'separableConv2d', filters: 6, activation: 'swish' },
  { type: 'depthwiseConv2d', activation: 'elu', strides: [2, 2] },
  { type: 'averagePool', padding: 'same' },
  { type: 'flatten' },
]
const sigmoidSpec = specOf(2, [...body, { type: 'dense', units: 1, activation: 'sigmoid' }], 16)
const softmaxSpec = specOf(4, [...body, { type: 'dense', units: 4, activation: 'softmax' }], 16)

const packageOf = (spec: ModelSpec): Pick<LoadedPackage, 'manifest' | 'weights'> => {
  const weights = drawnWeights(inferShapes(spec).layers.flatMap((layer) => layer.weights))
  const card = { ...tinyCard, spec }
  return {
    weights,
    manifest: { ...card, format: 'pneumoscope-model', version: 2, weights: [], files: {} },
  }
}

test.each([
  ['one sigmoid output', sigmoidSpec, 1],
  ['its opposite class', sigmoidSpec, 0],
  ['a class of a softmax', softmaxSpec, 2],
])('gradients of %s are those of tfjs-layers’ autodiff, at every layer', (_, spec, target) => {
  const tf = tensorflow()
  const loaded = packageOf(spec)
  const film = Float32Array.from(drawnBytes(16 * 16 * 3))
  const model = toTfjsModel(spec)
  setTfjsWeights(spec, model, loaded.weights)
  const names = inferShapes(spec).layers.map(({ name }) => name)
  // The end without its activation: logits.
  const [kernel, bias] = model.getLayer(names.at(-1)!).getWeights()
  const logit = (from: number) => (x: Tensor) => {
    const last = names
      .slice(from, -1)
      .reduce((t, name) => model.getLayer(name).apply(t) as Tensor, x)
    const logits = tf.add(tf.matMul(last as never, kernel as never), bias!)
    const one = tf.slice(logits, [0, spec.classes === 2 ? 0 : target], [1, 1])
    return tf.sum(spec.classes === 2 && target === 0 ? tf.neg(one) : one)
  }
  ;[INPUT, ...names.slice(0, -1)].forEach((layer, place) => {
    const graph = openGradients(loaded, layer)
    const found = graph.run(film, 1, target)
    graph.dispose()
    const expected = tf.tidy(() => {
      const scaled = tf.div(tf.tensor4d(film, [1, 16, 16, 3]), 255)
      const value = names.slice(0, place).reduce<Tensor>((t, name) => model.getLayer(name).apply(t) as Tensor, scaled) // prettier-ignore
      return [value.dataSync<'float32'>(), tf.grad(logit(place))(value).dataSync<'float32'>()]
    })
    const [values, gradients] = expected
    expect(found.values.length, layer).toBe(values!.length)
    const most = gradients!.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-6)
    found.values.forEach((value, at) => expect(Math.abs(value - values![at]!)).toBeLessThan(1e-4))
    found.gradients.forEach((value, at) =>
      expect(Math.abs(value - gradients![at]!) / most, `${layer} ${at}`).toBeLessThan(1e-4),
    )
  })
  model.dispose()
})

test('integrated gradients add up to what the film changes of the logit', async () => {
  const loaded = packageOf(sigmoidSpec)
  const film = Float32Array.from(drawnBytes(16 * 16 * 3))
  const graph = openGradients(loaded, INPUT)
  const { attributions } = await integratedGradients(graph, film, 1, () => Promise.resolve(), 256)
  graph.dispose()
  const network = createGraphNetwork({ spec: sigmoidSpec, scale: 'unit', seed: 1, memoryBudgetBytes: 1e9 }) // prettier-ignore
  network.writeWeights(loaded.weights)
  const logitOf = (pixels: Uint8Array) => {
    const [p] = network.predict({ count: 1, channels: 3, pixels })
    return Math.log(p! / (1 - p!))
  }
  const expected = logitOf(Uint8Array.from(film)) - logitOf(new Uint8Array(film.length))
  network.dispose()
  const sum = attributions.reduce((total, value) => total + value, 0)
  expect(Math.abs(sum - expected)).toBeLessThan(0.02 * Math.max(1, Math.abs(expected)))
})

test('maps follow from activations and gradients by hand', () => {
  // Two places, two channels; mean gradients 1 and −1.
  const values = Float32Array.of(2, 1, 0, 3)
  const gradients = Float32Array.of(2, -1, 0, -1)
  expect([...gradCam([1, 2, 2], values, gradients).values]).toEqual([1, 0])
  // Channel 1: α = 4 / (8 + 8·2) at the first place, weight 2α = 1/3.
  const [first, second] = gradCamPlusPlus([1, 2, 2], values, gradients).values
  expect(first).toBeCloseTo(2 / 3, 6)
  expect(second).toBe(0)
  expect([...normalised({ rows: 1, columns: 2, values: Float32Array.of(1, 4) }).values]).toEqual([0.25, 1]) // prettier-ignore
  const wide = resized({ rows: 1, columns: 2, values: Float32Array.of(0, 1) }, { rows: 1, columns: 4 }) // prettier-ignore
  expect([...wide.values]).toEqual([0, 0.25, 0.75, 1])
})

test('a blurred map keeps its sum and its even parts, and spreads a peak by the bell', () => {
  const even = { rows: 8, columns: 16, values: new Float32Array(128).fill(3) }
  for (const value of softened(even, 1 / 8).values) expect(value).toBeCloseTo(3, 5)
  const values = new Float32Array(41 * 41)
  values[20 * 41 + 20] = 1
  // Deviation 2: the peak is 1 / (2π·4), and two pixels on it has fallen by exp(−1/2).
  const peak = softened({ rows: 41, columns: 41, values }, 2 / 41)
  const at = (y: number, x: number) => peak.values[y * 41 + x]!
  expect(peak.values.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5)
  expect(at(20, 20)).toBeCloseTo(1 / (8 * Math.PI), 3)
  expect(at(20, 22) / at(20, 20)).toBeCloseTo(Math.exp(-0.5), 5)
  expect(at(22, 20)).toBeCloseTo(at(20, 22), 7)
})

test('a graph is built once for a model and a layer, is used again, and goes with the model', async () => {
  loadedModels.clear()
  await new Promise((resolve) => setTimeout(resolve, 20))
  const before = held().graphs
  const path = await writtenFilm('again.png', 1)
  const order = { modelFolder: join(folder, 'model'), path, target: 1 } as const
  const first = await explainFilm({ ...order, method: 'grad-cam' }, unhurried)
  const built = held().graphs
  const again = await explainFilm({ ...order, method: 'grad-cam++' }, unhurried)
  expect(held().graphs).toBe(built)
  expect(await explainFilm({ ...order, method: 'grad-cam' }, unhurried)).toEqual(first)
  expect(again.layer).toBe(first.layer)
  const layers = ['conv2d_1', 'maxPool_1', 'last']
  for (const layer of layers) await explainFilm({ ...order, method: 'grad-cam', layer }, unhurried)
  await explainFilm({ ...order, method: 'smoothgrad' }, unhurried)
  // Four ways back are kept: the two other layers', the last one's and the film's.
  expect(held().graphs).toBe(built + 3)
  loadedModels.clear()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(held().graphs).toBe(before)
})

test('the palettes begin and end as matplotlib’s do', () => {
  const near = (found: readonly number[], wanted: readonly number[]) =>
    found.forEach((channel, at) => expect(Math.abs(channel - wanted[at]!)).toBeLessThanOrEqual(6))
  near(colourOf('inferno', 0), [0, 0, 4])
  near(colourOf('inferno', 1), [252, 255, 164])
  near(colourOf('viridis', 0), [68, 1, 84])
  near(colourOf('viridis', 1), [253, 231, 37])
})

const unhurried = { signal: new AbortController().signal, report: () => undefined }
const side = 32
const squareSide = 10
let folder = ''

/** Noise, and in every second film a bright square at a place of chance. */
function plantedFilm(number: number) {
  const random = randomStream(number, 'planted')
  const label = number % 2
  const top = Math.floor(random.next() * (side - squareSide))
  const left = Math.floor(random.next() * (side - squareSide))
  const isInside = (at: number) => {
    const [y, x] = [Math.floor(at / side), at % side]
    return y >= top && y < top + squareSide && x >= left && x < left + squareSide
  }
  const pixels = Uint8Array.from({ length: side * side }, (_, at) =>
    Math.floor(random.next() * 80 + (label === 1 && isInside(at) ? 150 : 40)),
  )
  return { label, pixels, isInside }
}

const plantedSpec = specOf(
  2,
  [
    { type: 'conv2d', filters: 8, padding: 'same', activation: 'relu' },
    { type: 'maxPool' },
    { type: 'conv2d', filters: 8, padding: 'same', activation: 'relu', name: 'last' },
    { type: 'globalAveragePool' },
    { type: 'dense', units: 1, activation: 'sigmoid' },
  ],
  side,
)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pneumoscope-explain-'))
  const network = createGraphNetwork({ spec: plantedSpec, scale: 'unit', seed: 2, memoryBudgetBytes: 1e9 }) // prettier-ignore
  for (let step = 0; step < 150; step++) {
    const films = Array.from({ length: 16 }, (_, at) => plantedFilm(1000 + 16 * step + at))
    const pixels = new Uint8Array(16 * side * side)
    films.forEach((film, at) => pixels.set(film.pixels, at * side * side))
    const labels = Int32Array.from(films, ({ label }) => label)
    network.trainStep({ films: { count: 16, channels: 1, pixels }, labels, seed: step }, 0.01)
  }
  const weights = network.readWeights('current')
  network.dispose()
  await savePackage(join(folder, 'model'), { ...tinyCard, spec: plantedSpec }, weights)
}, 120_000)
afterAll(async () => {
  loadedModels.clear()
  await rm(folder, { recursive: true, force: true })
})

test.each([
  ['grad-cam', 0.5],
  ['grad-cam++', 0.5],
  ['integrated-gradients', 0.7],
  ['smoothgrad', 0.5],
  ['occlusion', 0.5],
] as const)('a planted square is where %s points', async (method, least) => {
  const tf = tensorflow()
  const before = { ...held(), tensors: tf.memory().numTensors }
  let [overlap, films] = [0, 0]
  for (let number = 1; number < 20; number += 2) {
    const { pixels, isInside } = plantedFilm(number)
    const path = join(folder, `${method}-${number}.png`)
    const image = tf.tensor3d(pixels, [side, side, 1], 'int32')
    await writeFile(path, await tf.node.encodePng(image))
    image.dispose()
    const found = await explainFilm(
      { modelFolder: join(folder, 'model'), path, method, target: 1 },
      unhurried,
    )
    expect(found.probabilities[1]).toBeGreaterThan(0.5)
    // As many of the hottest pixels as the square has.
    const order = [...found.values.keys()].sort((a, b) => found.values[b]! - found.values[a]!)
    const hot = new Set(order.slice(0, squareSide ** 2))
    const both = [...hot].filter(isInside).length
    overlap += both / (2 * squareSide ** 2 - both)
    films++
  }
  const iou = overlap / films
  process.stdout.write(`IoU of ${method} with the planted square: ${iou.toFixed(2)}\n`)
  expect(iou).toBeGreaterThan(least)
  loadedModels.clear()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(held().graphs).toBeLessThanOrEqual(before.graphs)
  expect(tf.memory().numTensors).toBe(before.tensors)
})

test('a picture carries the film, the colours, a legend and its caption', async () => {
  const { pixels } = plantedFilm(1)
  const tf = tensorflow()
  const path = join(folder, 'film.png')
  const image = tf.tensor3d(pixels, [side, side, 1], 'int32')
  await writeFile(path, await tf.node.encodePng(image))
  image.dispose()
  const found = await explainFilm(
    { modelFolder: join(folder, 'model'), path, method: 'grad-cam' },
    unhurried,
  )
  expect(found).toMatchObject({ target: 1, layer: 'last', rows: side, columns: side })
  const png = await overlayPicture(path, found, 'grad-cam of last. Research use only.')
  expect(png.includes('grad-cam of last. Research use only.')).toBe(true)
  const drawn = tf.node.decodePng(png, 3)
  expect(drawn.shape).toEqual([768, 768 + 44, 3])
  drawn.dispose()
})

test('a layer that is not there, or gives no image, is named', async () => {
  const { pixels } = plantedFilm(1)
  const tf = tensorflow()
  const path = join(folder, 'other.png')
  const image = tf.tensor3d(pixels, [side, side, 1], 'int32')
  await writeFile(path, await tf.node.encodePng(image))
  image.dispose()
  const order = { modelFolder: join(folder, 'model'), path, method: 'grad-cam' } as const
  await expect(explainFilm({ ...order, layer: 'nowhere' }, unhurried)).rejects.toThrow(
    'no layer «nowhere»',
  )
  await expect(explainFilm({ ...order, layer: 'dense_1' }, unhurried)).rejects.toThrow('dense_1')
  await expect(explainFilm({ ...order, target: 5 }, unhurried)).rejects.toThrow('2 classes')
})

async function writtenFilm(name: string, number: number): Promise<string> {
  const tf = tensorflow()
  const path = join(folder, name)
  const image = tf.tensor3d(plantedFilm(number).pixels, [side, side, 1], 'int32')
  await writeFile(path, await tf.node.encodePng(image))
  image.dispose()
  return path
}

test('the map of a square is to be believed, a map of noise is not', async () => {
  const modelFolder = join(folder, 'model')
  const order = { modelFolder, method: 'grad-cam', target: 1 } as const
  const steps: number[] = []
  const job = { ...unhurried, report: ({ done }: { done: number }) => steps.push(done) }
  const square = await mapTrust({ ...order, path: await writtenFilm('square.png', 1) }, job)
  const noise = await mapTrust({ ...order, path: await writtenFilm('noise.png', 2) }, unhurried)
  const figures = ({ stability, agreement, deletion }: typeof square) =>
    `stability ${stability.value.toFixed(2)}, agreement ${agreement?.value.toFixed(2) ?? '–'}, deletion ${deletion.value.toFixed(2)} (${deletion.area.toFixed(3)} against ${deletion.chance.toFixed(3)})`
  process.stdout.write(`Square: ${figures(square)}. Noise: ${figures(noise)}.\n`)
  expect(square.level).toBe('high')
  expect(noise.deletion.holds).toBe(false)
  expect(noise.level).toBe('low')
  expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('an explanation that nobody waits for any more stops', async () => {
  const path = await writtenFilm('stopped.png', 1)
  const controller = new AbortController()
  const order = { modelFolder: join(folder, 'model'), path, method: 'occlusion' } as const
  const asked = explainFilm(order, { signal: controller.signal })
  controller.abort()
  await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' })
})
