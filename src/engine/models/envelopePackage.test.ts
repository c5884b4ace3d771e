import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ModelSpec } from '../../shared/domain/modelSpec.ts'
import type { ModelManifest } from '../../shared/domain/model.ts'
import { fitEnvelope } from '../envelope/fitEnvelope.ts'
import { drawnWeights } from '../graph/testing/draws.ts'
import { loadPackage, savePackage } from './package.ts'
import { inferShapes } from './shapes.ts'
import { tinyCard } from './testing/tinyPackage.ts'
import { sha256 } from './weightsFile.ts'

const spec = ModelSpec.parse({
  name: 'seen',
  input: { height: 8, width: 8, channels: 1 },
  classes: 2,
  layers: [
    { type: 'conv2d', filters: 3 },
    { type: 'globalAveragePool' },
    { type: 'dense', units: 1, activation: 'sigmoid' },
  ],
  loss: { kind: 'binaryCrossentropy' },
  optimiser: { kind: 'sgd' },
})
const weights = drawnWeights(inferShapes(spec).layers.flatMap((layer) => layer.weights))
const looks = Array.from({ length: 24 }, (_, at) => ({
  features: Float32Array.of(Math.sin(at), Math.cos(2 * at), at % 5),
  thumb: Float32Array.from({ length: 1024 }, (__, place) => Math.sin(place * 0.1 + at)),
  isColour: false,
}))
const features = looks.map((look) => look.features)
const envelope = fitEnvelope({
  ...{ train: looks, validation: looks, changed: { train: features, validation: [] } },
  strangers: new Map([['negative', features.map((row) => row.map((value) => -value))]]),
})!

let folder = ''
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'pneumoscope-envelope-')), 'model')
  await savePackage(folder, { ...tinyCard, spec }, weights, { envelope })
})
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }))

const manifestFile = () => join(folder, 'model.json')
async function bend(change: (manifest: ModelManifest & Record<string, unknown>) => unknown) {
  const manifest = JSON.parse(await readFile(manifestFile(), 'utf8')) as ModelManifest & Record<string, unknown> // prettier-ignore
  change(manifest)
  await writeFile(manifestFile(), JSON.stringify(manifest))
}

test('a package keeps its envelope; one without is a package too', async () => {
  const { envelope: found } = await loadPackage(folder)
  expect(found?.envelope).toEqual(envelope.envelope)
  expect(found?.numbers).toEqual(envelope.numbers)
  await savePackage(folder, { ...tinyCard, spec }, weights)
  expect(await loadPackage(folder)).not.toHaveProperty('envelope')
})

test.each<[string, () => Promise<unknown>, string]>([
  ['of version 2', () => bend((m) => (m.version = 2)), 'envelope'],
  ['that the manifest does not tell of', () => bend((m) => delete m.envelope), 'envelope: missing'],
  ['without its file', () => bend((m) => delete m.files['envelope.bin']), 'envelope.bin'],
  ['of other channels', () => bend((m) => (m.envelope!.features = 2)), 'envelope.bin.bytes'],
  ['with a limit of its own', () => bend((m) => Object.assign(m.envelope!.limits, { x: 1 })), 'envelope.limits'], // prettier-ignore
  [
    'with views that version 4 has not',
    () => bend((m) => (m.version = 4)),
    'envelope.views: version 4',
  ],
  [
    'with a view too many',
    () => bend((m) => m.envelope!.views!.kinds.push('part')),
    'envelope.bin.bytes',
  ],
  [
    'with a view that nobody knows',
    () => bend((m) => m.envelope!.views!.kinds.push('upright' as never)),
    'envelope.views.kinds',
  ],
  [
    'with one view twice',
    () => bend((m) => m.envelope!.views!.kinds.push('negative')),
    'none stands twice',
  ],
  [
    'that begins with strangers',
    () => bend((m) => m.envelope!.views!.kinds.reverse()),
    'the first kind is usual',
  ],
  [
    'that calls usual films odd',
    () => bend((m) => (m.envelope!.views!.limit = 3)),
    'envelope.views.limit',
  ],
  ['with no distances', () => bend((m) => (m.envelope!.distances = [])), 'envelope.distances'],
  ['of ages turned round', () => bend((m) => (m.envelope!.ages = [9, 1])), 'envelope.ages'],
  [
    'with a number that is none',
    async () => {
      const bytes = new Uint8Array(4 * envelope.numbers.length)
      new Float32Array(bytes.buffer)[5] = NaN
      await writeFile(join(folder, 'envelope.bin'), bytes)
      await bend((m) => (m.files['envelope.bin']!.sha256 = sha256([bytes])))
    },
    'value 6 is NaN',
  ],
  ['that was changed', () => writeFile(join(folder, 'envelope.bin'), new Uint8Array(4 * envelope.numbers.length)), 'SHA-256'], // prettier-ignore
])('an envelope %s is refused', async (_, attack, reason) => {
  await attack()
  await expect(loadPackage(folder)).rejects.toMatchObject({ code: 'BAD_MODEL' })
  await expect(loadPackage(folder)).rejects.toThrow(reason)
})
