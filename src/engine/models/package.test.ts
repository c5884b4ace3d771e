import { mkdtemp, readFile, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadPackage, readManifest, saveJudgement, savePackage } from './package.ts'
import { tinyCard, tinyGolden, tinyWeights } from './testing/tinyPackage.ts'

const card = tinyCard
const weights = tinyWeights

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
  await rewrite((text) => text.replace('"version": 6', '"version": 7'))
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

test('kernels may take 16 bits, rounded, and what has one number a channel keeps its 32', async () => {
  const [kernel, bias] = weights
  const third = { ...kernel!, values: Float32Array.of(0.5, -1, 1 / 3, 0.25) }
  await savePackage(join(folder, 'model'), card, [third, bias!], { halvedKernels: true })
  const bytes = await readFile(file('weights.bin'))
  expect(bytes.byteLength).toBe(4 * 2 + 4)
  expect([0, 2, 4, 6].map((at) => bytes.readUInt16LE(at))).toEqual([0x3800, 0xbc00, 0x3555, 0x3400])
  expect(bytes.readFloatLE(8)).toBe(-0.5)
  const loaded = await loadPackage(join(folder, 'model'))
  expect(loaded.halvedKernels).toBe(true)
  expect(loaded.weights.map(({ values }) => [...values])).toEqual([
    [0.5, -1, 0.333251953125, 0.25],
    [-0.5],
  ])
  await rewrite((text) => text.replace('"version": 6', '"version": 5'))
  await expect(readManifest(join(folder, 'model'))).rejects.toThrow('weights.0.type: version 5 has')
})

test('a kernel that 16 bits cannot hold is not saved', async () => {
  const [kernel, bias] = weights
  const large = { ...kernel!, values: Float32Array.of(70_000, 0, 0, 0) }
  const saving = savePackage(join(folder, 'model'), card, [large, bias!], { halvedKernels: true })
  await expect(saving).rejects.toThrow('end/kernel: a value is too large for 16 bits')
  expect((await loadPackage(join(folder, 'model'))).weights).toEqual(weights)
})

test('a weight that is not finite is refused with its array', async () => {
  const [kernel, bias] = weights
  const broken = { ...bias!, values: Float32Array.of(NaN) }
  await savePackage(join(folder, 'model'), card, [kernel!, broken])
  await expect(loadPackage(join(folder, 'model'))).rejects.toThrow('end/bias: value 1 is NaN')
})

test('a package of the first version still loads', async () => {
  await rewrite((text) =>
    text
      .replace('"version": 6,', '"version": 1,\n  "calibrated": false,')
      .replace(/,\s*"seal": "[0-9a-f]{64}"/, ''),
  )
  const { manifest } = await loadPackage(join(folder, 'model'))
  expect(manifest).toMatchObject({ version: 2, threshold: 0.5, classes: card.classes })
})

test('golden films lie beside the weights and come back', async () => {
  await savePackage(join(folder, 'model'), card, weights, { golden: tinyGolden })
  const { manifest, goldenPixels } = await loadPackage(join(folder, 'model'))
  expect(manifest.golden).toEqual(tinyGolden.golden)
  expect([...goldenPixels!]).toEqual([...tinyGolden.pixels])
})

test('a threshold is kept with its goal and its films, and is taken back with them', async () => {
  const target = join(folder, 'model')
  const { files } = await readManifest(target)
  const operatingPoint = {
    goal: { kind: 'sensitivity', atLeast: 0.95 } as const,
    threshold: 0.2,
    modelHash: files['weights.bin']!.sha256,
    on: { name: 'x', films: 4, positives: 2, patients: 4, hash: '0'.repeat(64) },
    confusion: { truePositives: 2, falsePositives: 1, trueNegatives: 1, falseNegatives: 0 },
    createdAt: '2024-01-01',
  }
  expect(await saveJudgement(target, { operatingPoint })).toMatchObject({ threshold: 0.2 })
  expect(await readManifest(target)).toMatchObject({ operatingPoint, threshold: 0.2 })
  const foreign = { ...operatingPoint, modelHash: '1'.repeat(64) }
  await expect(saveJudgement(target, { operatingPoint: foreign })).rejects.toThrow('other weights')
  await saveJudgement(target, { operatingPoint: null })
  expect(await readManifest(target)).not.toHaveProperty('operatingPoint')
})
