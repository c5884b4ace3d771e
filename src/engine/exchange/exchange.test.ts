import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ModelSpec } from '../../shared/domain/modelSpec.ts'
import type { SplitLeak } from '../../shared/domain/split.ts'
import { backendName } from '../describe.ts'
import { createGraphNetwork } from '../graph/graphNetwork.ts'
import { drawnBytes, drawnWeights } from '../graph/testing/draws.ts'
import { makeGolden } from '../models/goldenFilms.ts'
import { loadPackage, savePackage } from '../models/package.ts'
import { inferShapes } from '../models/shapes.ts'
import { tinyCard } from '../models/testing/tinyPackage.ts'
import { tensorflow } from '../tensorflow.ts'
import { exportForeign } from './exportForeign.ts'
import { npzOf } from './npz.ts'
import { kerasPython, scoredInKeras, withoutKeras } from './testing/kerasPython.ts'
import { unzipPackage, zipPackage } from './packageZip.ts'

const spec = ModelSpec.parse({
  name: 'exchanged',
  input: { height: 16, width: 16, channels: 3 },
  classes: 2,
  layers: [
    { type: 'conv2d', filters: 4, padding: 'same', activation: 'relu' },
    { type: 'batchNormalization' },
    { type: 'maxPool' },
    { type: 'separableConv2d', filters: 5, activation: 'leakyRelu' },
    { type: 'depthwiseConv2d', activation: 'swish' },
    { type: 'dropout', rate: 0.5 },
    { type: 'flatten' },
    { type: 'dense', units: 3, activation: 'elu' },
    { type: 'dense', units: 1, activation: 'sigmoid' },
  ],
  loss: { kind: 'binaryCrossentropy' },
  optimiser: { kind: 'sgd' },
})
/** Small enough that no score is driven to 0 or 1, where every program would agree. */
const weights = drawnWeights(inferShapes(spec).layers.flatMap((layer) => layer.weights)).map(
  (array) =>
    array.name.endsWith('dense_2/kernel')
      ? { ...array, values: array.values.map((value) => value / 2) }
      : array,
)

let root = ''
const packed = () => join(root, 'package')
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pneumoscope-exchange-'))
  const network = createGraphNetwork({ spec, scale: 'unit', seed: 1, memoryBudgetBytes: 1e9, inferenceOnly: true }) // prettier-ignore
  network.writeWeights(weights)
  const golden = makeGolden(network, backendName())
  network.dispose()
  await savePackage(packed(), { ...tinyCard, spec }, weights, { golden })
})
afterAll(() => rm(root, { recursive: true, force: true }))

test('a package comes out of its zip as it went in', async () => {
  const file = join(root, 'model.zip')
  await zipPackage(packed(), file)
  const folder = join(root, 'unzipped')
  await unzipPackage(file, folder)
  expect(await loadPackage(folder)).toEqual(await loadPackage(packed()))
  expect(readdirSync(folder).sort()).toEqual(['golden.bin', 'model.json', 'weights.bin'])
})

const hostile: [what: string, name: string][] = [
  ['above the folder', '../weights.bin'],
  ['with an absolute path', '/tmp/weights.bin'],
  ['in a folder', 'model/model.json'],
  ['with a path of Windows', '..\\weights.bin'],
  ['of another kind', 'payload.exe'],
  ['with a NUL', 'model.json\0.exe'],
]

test.each(hostile)('a zip with an entry %s is refused and nothing is written', async (_, name) => {
  const file = join(root, 'hostile.zip')
  await writeFile(file, zipSync({ 'model.json': strToU8('{}'), [name]: strToU8('x') }))
  const folder = join(root, 'hostile')
  await expect(unzipPackage(file, folder)).rejects.toMatchObject({ code: 'BAD_MODEL' })
  expect(existsSync(folder)).toBe(false)
  expect(existsSync(join(root, 'weights.bin'))).toBe(false)
})

test('a zip that is cut, empty or holds a bent package is refused', async () => {
  const file = join(root, 'bent.zip')
  const folder = join(root, 'bent')
  await zipPackage(packed(), file)
  const whole = await readFile(file)
  await writeFile(file, whole.subarray(0, whole.length / 2))
  await expect(unzipPackage(file, folder)).rejects.toMatchObject({ code: 'BAD_MODEL' })
  await writeFile(file, zipSync({ 'model.json': strToU8('{}') }))
  await expect(unzipPackage(file, folder)).rejects.toMatchObject({ code: 'BAD_MODEL' })
  expect(existsSync(folder)).toBe(false)
  await expect(unzipPackage(join(root, 'none.zip'), folder)).rejects.toMatchObject({ code: 'NOT_FOUND' }) // prettier-ignore
})

test('tfjs-layers loads what was exported for it, and gives the same scores', async () => {
  const folder = join(root, 'tfjs')
  await exportForeign(packed(), folder, 'tfjs')
  const tf = tensorflow()
  const model = await tf.loadLayersModel(`file://${join(folder, 'model.json')}`)
  const network = createGraphNetwork({ spec, scale: 'unit', seed: 1, memoryBudgetBytes: 1e9, inferenceOnly: true }) // prettier-ignore
  network.writeWeights(weights)
  const pixels = drawnBytes(6 * 16 * 16 * 3)
  const expected = network.predict({ count: 6, channels: 3, pixels })
  network.dispose()
  const found = tf.tidy(() => {
    const films = tf.div(tf.tensor4d(Float32Array.from(pixels), [6, 16, 16, 3]), 255)
    return (model.predict(films) as ReturnType<typeof tf.zeros>).dataSync<'float32'>()
  })
  model.dispose()
  expect(Math.max(...expected) - Math.min(...expected)).toBeGreaterThan(1e-3)
  expected.forEach((score, at) => expect(Math.abs(found[at]! - score)).toBeLessThan(1e-4))
})

test('a leaky split goes with the network into other programs', async () => {
  const leak = {
    overlaps: [{ kind: 'patient', parts: ['train', 'test'], groups: 2, films: [3, 4] }],
    sizes: { train: 30, validation: 0, test: 40 },
  } as const satisfies SplitLeak
  const [leaky, folder] = [join(root, 'leaky'), join(root, 'leaky-tfjs')]
  const { manifest, weights: own } = await loadPackage(packed())
  await savePackage(leaky, { ...tinyCard, spec, card: { ...manifest.card, leak } }, own)
  await exportForeign(leaky, folder, 'tfjs')
  const read = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(join(folder, name), 'utf8'))
  const training = expect.stringContaining('LEAKY SPLIT: 2 patients') as string
  expect(await read('network.json')).toMatchObject({ training })
  expect(await read('model.json')).toMatchObject({ userDefinedMetadata: { training } })
  await exportForeign(packed(), join(root, 'sound-tfjs'), 'tfjs')
  expect(await readFile(join(root, 'sound-tfjs', 'network.json'), 'utf8')).not.toContain('LEAKY')
})

test('arrays are written as NumPy reads them', () => {
  const zip = npzOf([{ name: 'a/b', shape: [2, 1], values: Float32Array.of(1, 2) }])
  const npy = unzipSync(zip)['a/b.npy']!
  expect([...npy.subarray(0, 8)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0])
  const header = new TextDecoder().decode(npy.subarray(10, npy.length - 8))
  expect(header).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(2, 1\), \} *\n$/)
  expect((npy.length - 8) % 64).toBe(0)
  expect(new Float32Array(npy.slice(-8).buffer)).toEqual(Float32Array.of(1, 2))
})

test('Keras reads the weights and gives the same scores within 1e-4', async (context) => {
  const python = kerasPython()
  if (python === undefined) {
    context.skip(withoutKeras)
    return
  }
  const folder = join(root, 'keras')
  await exportForeign(packed(), folder, 'keras')
  const answer = scoredInKeras(python, folder)
  process.stdout.write(`Keras differs by at most ${answer.worst}\n`)
  const scores = (await loadPackage(packed())).manifest.golden!.scores.map(([score]) => score!)
  expect(Math.max(...scores) - Math.min(...scores)).toBeGreaterThan(1e-3)
  expect(answer.films).toBe(8)
  expect(answer.worst).toBeLessThan(1e-4)
}, 120_000)
