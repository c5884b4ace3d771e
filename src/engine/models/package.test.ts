import { mkdtemp, readFile, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ModelSpec } from '../../shared/domain/modelSpec.ts'
import { TrainingSettings } from '../../shared/domain/training.ts'
import { loadPackage, readManifest, savePackage, type PackageCard } from './package.ts'

const spec = ModelSpec.parse({
  name: 'tiny',
  input: { height: 2, width: 2, channels: 1 },
  classes: 2,
  layers: [
    { type: 'flatten', name: 'flat' },
    { type: 'dense', name: 'end', units: 1, activation: 'sigmoid' },
  ],
  loss: { kind: 'binaryCrossentropy' },
  optimiser: { kind: 'sgd' },
})
const card: PackageCard = {
  name: 'tiny',
  createdAt: '2024-01-01T00:00:00.000Z',
  spec,
  preprocessing: { version: 1, resize: 'bilinear', scale: 'unit' },
  classes: ['NORMAL', 'PNEUMONIA'],
  threshold: 0.5,
  calibrated: false,
  card: {
    trainedOn: 'nothing',
    films: { train: 0, validation: 0, test: 0 },
    settings: TrainingSettings.parse({}),
    bestEpoch: 1,
    epochs: [],
    validation: null,
    test: null,
    synthetic: true,
    software: {},
  },
}
const weights = [
  { name: 'end/kernel', shape: [4, 1], values: Float32Array.of(0.5, -1, 2, 0.25) },
  { name: 'end/bias', shape: [1], values: Float32Array.of(-0.5) },
]

let folder = ''
const file = (name: string) => join(folder, 'model', name)
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pneumoscope-package-'))
  await savePackage(join(folder, 'model'), card, weights)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function rewrite(change: (text: string) => string) {
  await writeFile(file('model.json'), change(await readFile(file('model.json'), 'utf8')))
}

test('a package comes back as it was saved, and holds two files', async () => {
  const loaded = await loadPackage(join(folder, 'model'))
  expect(loaded.weights).toEqual(weights)
  expect(loaded.manifest).toMatchObject(card)
  expect((await readdir(join(folder, 'model'))).sort()).toEqual(['model.json', 'weights.bin'])
})

test('weights are little-endian float32 in the order of the list', async () => {
  const bytes = await readFile(file('weights.bin'))
  expect([0, 4, 8, 12, 16].map((at) => bytes.readFloatLE(at))).toEqual([0.5, -1, 2, 0.25, -0.5])
})

test.each<[string, (text: string) => string, string]>([
  ['broken JSON', (text) => text.slice(0, -20), 'not valid JSON'],
  ['a missing field', (text) => text.replace('"threshold"', '"other"'), 'threshold: '],
  ['a foreign format', (text) => text.replace('pneumoscope-model', 'keras'), 'format: '],
  [
    'a file outside',
    (text) => text.replace('"weights.bin"', '"../weights.bin"'),
    "files: '../weights.bin' is not a file of a package",
  ],
  [
    'another name of an array',
    (text) => text.replace('"end/bias"', '"end/b"'),
    "weights.1.name: 'end/b' instead of 'end/bias'",
  ],
  ['another size', (text) => text.replace('"bytes": 20', '"bytes": 24'), 'files.weights.bin.bytes'],
  [
    'a shape that the network does not have',
    (text) => text.replace(/"shape": \[\s*1\s*\]/, '"shape": [2]'),
    'weights.1.shape: [2] instead of [1]',
  ],
  ['too few classes', (text) => text.replace('"NORMAL",', ''), 'classes: '],
  ['a network that does not fit', (text) => text.replace('"units": 1', '"units": 3'), 'spec: '],
])('%s is refused with the file and the field', async (_, change, field) => {
  await rewrite(change)
  const reading = readManifest(join(folder, 'model'))
  await expect(reading).rejects.toMatchObject({ code: 'BAD_MODEL' })
  await expect(reading).rejects.toThrow(`${file('model.json')}: ${field}`)
})

test('a package of a newer version says so', async () => {
  await rewrite((text) => text.replace('"version": 1', '"version": 2'))
  await expect(readManifest(join(folder, 'model'))).rejects.toMatchObject({ code: 'NEWER_VERSION' })
})

test('cut, changed, missing and linked weights are refused', async () => {
  const whole = await readFile(file('weights.bin'))
  await truncate(file('weights.bin'), 19)
  await expect(loadPackage(join(folder, 'model'))).rejects.toThrow('holds 19 bytes')
  await writeFile(
    file('weights.bin'),
    whole.map((byte, at) => (at === 3 ? byte ^ 1 : byte)),
  )
  await expect(loadPackage(join(folder, 'model'))).rejects.toThrow('SHA-256')
  await rm(file('weights.bin'))
  await expect(loadPackage(join(folder, 'model'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await writeFile(join(folder, 'elsewhere'), whole)
  await symlink(join(folder, 'elsewhere'), file('weights.bin'))
  await expect(loadPackage(join(folder, 'model'))).rejects.toThrow('not a regular file')
})

test('a weight that is not finite is refused with its array', async () => {
  const [kernel, bias] = weights
  const broken = { ...bias!, values: Float32Array.of(NaN) }
  await savePackage(join(folder, 'model'), card, [kernel!, broken])
  await expect(loadPackage(join(folder, 'model'))).rejects.toThrow('end/bias: value 1 is NaN')
})
