/** Packages that somebody bent or broke: each is refused with the file and the field at fault. */
import {
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { loadPackage, saveJudgement, savePackage } from './package.ts'
import { tinyCard, tinyGolden, tinyWeights } from './testing/tinyPackage.ts'
import { sha256 } from './weightsFile.ts'

let root = ''
const folder = () => join(root, 'model')
const file = (name: string) => join(folder(), name)
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pneumoscope-hostile-'))
  await savePackage(folder(), tinyCard, tinyWeights, { golden: tinyGolden })
})
afterEach(() => rm(root, { recursive: true, force: true }))

type Manifest = Record<string, unknown> & {
  spec: { layers: Record<string, unknown>[]; input: Record<string, unknown> }
  files: Record<string, { sha256: string; bytes: number }>
  weights: { name: string; shape: number[] }[]
  golden: { scores: number[][]; films: number }
}
type Change = (manifest: Manifest) => void

async function bend(change: Change): Promise<void> {
  const manifest = JSON.parse(await readFile(file('model.json'), 'utf8')) as Manifest
  change(manifest)
  await writeFile(file('model.json'), JSON.stringify(manifest))
}

/** Weights of these values, with the hash that belongs to them. */
async function poison(value: number): Promise<void> {
  const bytes = new Uint8Array(Float32Array.of(0.5, value, 2, 0.25, -0.5).buffer)
  await writeFile(file('weights.bin'), bytes)
  await bend((manifest) => (manifest.files['weights.bin']!.sha256 = sha256([bytes])))
}

async function outside(name: string): Promise<void> {
  await rename(file(name), join(root, 'elsewhere'))
  await symlink(join(root, 'elsewhere'), file(name))
}

const otherWeights = 'a'.repeat(64)
const set = { name: 'x', films: 20, positives: 10, patients: 20, hash: otherWeights }
const figures = { loss: 0.5, brier: 0.2, ece: 0.1 }
const calibrationOf = (manifest: Manifest, map: object) => ({
  map,
  modelHash: manifest.files['weights.bin']!.sha256,
  on: set,
  test: { folds: 5, raw: figures, calibrated: figures },
  createdAt: '2024-01-01',
})
const pointOf = (modelHash: string, threshold: number) => ({
  ...{ goal: { kind: 'youden' }, threshold, modelHash, on: set, createdAt: '2024-01-01' },
  confusion: { truePositives: 1, falsePositives: 1, trueNegatives: 1, falseNegatives: 1 },
})

const bent: [what: string, change: Change, file: string, field: string][] = [
  ['another format', (m) => (m['format'] = 'keras'), 'model.json', 'format'],
  ['version 0', (m) => (m['version'] = 0), 'model.json', 'version'],
  ['a version in words', (m) => (m['version'] = '2'), 'model.json', 'version'],
  ['a field of its own', (m) => (m['onload'] = 'run()'), 'model.json', 'onload'],
  ['no threshold', (m) => delete m['threshold'], 'model.json', 'threshold'],
  ['a threshold of 2', (m) => (m['threshold'] = 2), 'model.json', 'threshold'],
  ['one class', (m) => (m['classes'] = ['ONE']), 'model.json', 'classes'],
  ['three names for two classes', (m) => (m['classes'] = ['a', 'b', 'c']), 'model.json', 'classes'],
  ['a file above the folder', (m) => (m.files['../weights.bin'] = m.files['weights.bin']!), 'model.json', 'files'], // prettier-ignore
  ['an absolute file', (m) => (m.files['/etc/passwd'] = m.files['weights.bin']!), 'model.json', 'files'], // prettier-ignore
  ['a script as a file', (m) => (m.files['run.js'] = m.files['weights.bin']!), 'model.json', 'files'], // prettier-ignore
  ['no weights file', (m) => delete m.files['weights.bin'], 'model.json', 'files: weights.bin'],
  ['a hash that is none', (m) => (m.files['weights.bin']!.sha256 = 'zz'), 'model.json', 'files.weights.bin.sha256'], // prettier-ignore
  ['a negative size', (m) => (m.files['weights.bin']!.bytes = -1), 'model.json', 'files.weights.bin.bytes'], // prettier-ignore
  ['a size that shapes deny', (m) => (m.files['weights.bin']!.bytes = 24), 'model.json', 'files.weights.bin.bytes'], // prettier-ignore
  ['a layer that runs code', (m) => (m.spec.layers[0]!['type'] = 'lambda'), 'model.json', 'spec.layers.0.type'], // prettier-ignore
  ['a thousand million units', (m) => (m.spec.layers[1]!['units'] = 1e9), 'model.json', 'spec.layers.1.units'], // prettier-ignore
  ['an enormous film', (m) => (m.spec.input['height'] = 100_000), 'model.json', 'spec.input.height'], // prettier-ignore
  ['a layer fed by none', (m) => (m.spec.layers[1]!['inputs'] = ['nowhere']), 'model.json', 'spec'],
  ['two layers of one name', (m) => (m.spec.layers[1]!['name'] = 'flat'), 'model.json', 'spec'],
  ['an end that does not fit', (m) => (m.spec.layers[1]!['units'] = 3), 'model.json', 'spec'],
  ['another array name', (m) => (m.weights[1]!.name = '__proto__'), 'model.json', 'weights.1.name'],
  ['a negative side', (m) => (m.weights[1]!.shape = [-1]), 'model.json', 'weights.1.shape'],
  ['another shape', (m) => (m.weights[0]!.shape = [2, 2]), 'model.json', 'weights.0.shape'],
  ['an array too few', (m) => m.weights.pop(), 'model.json', 'weights'],
  ['scores beyond 1', (m) => (m.golden.scores[0] = [7]), 'model.json', 'golden.scores.0.0'],
  ['golden films without scores', (m) => m.golden.scores.pop(), 'model.json', 'golden.scores'],
  ['a million golden films', (m) => (m.golden.films = 1e6), 'model.json', 'golden.films'],
  [
    'a calibration of other weights',
    (m) =>
      (m['calibration'] = {
        ...calibrationOf(m, { kind: 'temperature', temperature: 2 }),
        modelHash: otherWeights,
      }),
    'model.json',
    'calibration.modelHash',
  ],
  [
    'a calibration that turns scores round',
    (m) =>
      (m['calibration'] = calibrationOf(m, {
        kind: 'isotonic',
        scores: [0.1, 0.9],
        probabilities: [0.9, 0.1],
      })),
    'model.json',
    'calibration.map.probabilities',
  ],
  [
    'a threshold chosen for other weights',
    (m) => (m['operatingPoint'] = pointOf(otherWeights, 0.5)),
    'model.json',
    'operatingPoint.modelHash',
  ],
  [
    'a threshold that is not the one chosen',
    (m) => (m['operatingPoint'] = pointOf(m.files['weights.bin']!.sha256, 0.9)),
    'model.json',
    'threshold',
  ],
]

test.each(bent)('%s is refused', async (_, change, name, field) => {
  await bend(change)
  await expectRefusal(name, field)
})

const broken: [what: string, attack: () => Promise<unknown>, file: string, field: string][] = [
  ['an empty manifest', () => writeFile(file('model.json'), ''), 'model.json', 'not valid JSON'],
  ['a manifest that is a list', () => writeFile(file('model.json'), '[]'), 'model.json', ''],
  ['a manifest nested 100,000 deep', () => writeFile(file('model.json'), '['.repeat(1e5)), 'model.json', 'not valid JSON'], // prettier-ignore
  ['a manifest of 17 MiB', () => writeFile(file('model.json'), ' '.repeat(17 * 2 ** 20)), 'model.json', 'bytes are more than'], // prettier-ignore
  ['a file beside those listed', () => writeFile(file('payload.exe'), 'MZ'), 'payload.exe', 'holds no such file'], // prettier-ignore
  ['a folder within', () => mkdir(file('inside')), 'inside', 'holds no such file'],
  ['weights that are a link', () => outside('weights.bin'), 'weights.bin', 'not a regular file'],
  ['golden films that are a link', () => outside('golden.bin'), 'golden.bin', 'not a regular file'],
  ['a manifest that is a link', () => outside('model.json'), 'model.json', 'not a regular file'],
  ['cut weights', () => truncate(file('weights.bin'), 19), 'weights.bin', 'holds 19 bytes'],
  ['weights with a tail', () => writeFile(file('weights.bin'), 'x', { flag: 'a' }), 'weights.bin', 'holds 21 bytes'], // prettier-ignore
  ['golden films with one byte changed', () => writeFile(file('golden.bin'), new Uint8Array(8).fill(9)), 'golden.bin', 'SHA-256'], // prettier-ignore
  ['a weight that is no number', () => poison(NaN), 'weights.bin', 'end/kernel: value 2 is NaN'],
  ['an infinite weight', () => poison(-Infinity), 'weights.bin', 'end/kernel: value 2 is -Infinity'], // prettier-ignore
]

test.each(broken)('%s is refused', async (_, attack, name, field) => {
  await attack()
  await expectRefusal(name, field)
})

/** A package whose threshold, calibration and zones were chosen. */
async function chosen(): Promise<void> {
  const { manifest } = await loadPackage(folder())
  const modelHash = manifest.files['weights.bin']!.sha256
  const bound = { modelHash, on: set, createdAt: '2024-01-01' }
  await saveJudgement(folder(), {
    calibration: {
      ...bound,
      map: { kind: 'temperature', temperature: 2 },
      test: { folds: 5, raw: figures, calibrated: figures },
    },
    operatingPoint: {
      ...bound,
      ...{ goal: { kind: 'sensitivity', atLeast: 0.9 }, threshold: 0.4 },
      confusion: { truePositives: 9, falsePositives: 1, trueNegatives: 9, falseNegatives: 1 },
    },
    zones: {
      ...bound,
      ...{ missAtMost: 0.02, falseAlarmAtMost: 0.1, low: 0.2, high: 0.6 },
      ...{ missed: 0, missedCi95: [0, 0.1], falseAlarms: 0, falseAlarmsCi95: [0, 0.1] },
      below: { films: 1, positives: 0 },
      uncertain: { films: 1, positives: 0 },
      above: { films: 1, positives: 1 },
    },
  })
}

type Decided = Manifest & {
  calibration: {
    on: typeof set
    map: { temperature: number }
    test: { calibrated: { ece: number } }
  }
  operatingPoint: { on: typeof set; goal: { atLeast: number } }
  zones: { on: typeof set; low: number }
  card: { trainedOn: string }
  preprocessing: { scale: string }
  threshold: number
}

test.each<[string, (manifest: Decided) => unknown]>([
  ['a threshold chosen on other films', (m) => (m.operatingPoint.on.hash = 'c'.repeat(64))],
  ['a threshold chosen on more films', (m) => (m.operatingPoint.on.films = 2000)],
  ['a threshold of another goal', (m) => (m.operatingPoint.goal.atLeast = 0.99)],
  ['a calibration made on other films', (m) => (m.calibration.on.hash = 'c'.repeat(64))],
  ['another calibration', (m) => (m.calibration.map.temperature = 3)],
  ['a better test of the calibration', (m) => (m.calibration.test.calibrated.ece = 0.01)],
  ['zones chosen on other films', (m) => (m.zones.on.hash = 'c'.repeat(64))],
  ['a wider zone', (m) => (m.zones.low = 0.3)],
  ['classes the other way round', (m) => (m['classes'] = ['PNEUMONIA', 'NORMAL'])],
  ['another preprocessing', (m) => (m.preprocessing.scale = 'none')],
  ['other scores of the golden films', (m) => (m.golden.scores[0] = [0.3])],
  ['a card that tells of other films', (m) => (m.card.trainedOn = 'the best films')],
  ['a seal that is none', (m) => (m['seal'] = 'zz')],
  ['a seal of something else', (m) => (m['seal'] = 'c'.repeat(64))],
  ['no seal', (m) => delete m['seal']],
])('%s is refused, since the seal is not that of what stands there', async (_, change) => {
  await chosen()
  await expect(loadPackage(folder())).resolves.toBeDefined()
  await bend((manifest) => void change(manifest as Decided))
  await expectRefusal('model.json', 'seal')
})

test('a manifest in another order and under another name keeps its seal; one of an older version has none', async () => {
  await chosen()
  await bend((manifest) => {
    const fields = Object.entries(manifest).reverse()
    for (const [field] of fields) Reflect.deleteProperty(manifest, field)
    Object.assign(manifest, Object.fromEntries(fields), { name: 'another' })
  })
  expect((await loadPackage(folder())).manifest.name).toBe('another')
  await bend((manifest) => {
    delete manifest['seal']
    manifest['version'] = 2
  })
  expect((await loadPackage(folder())).manifest.version).toBe(2)
})

async function expectRefusal(name: string, field: string): Promise<void> {
  const refusal: unknown = await loadPackage(folder()).catch((cause: unknown) => cause)
  expect(refusal).toBeInstanceOf(AppError)
  expect(refusal).toMatchObject({ code: 'BAD_MODEL' })
  const { message } = refusal as AppError
  expect(message.startsWith(`${file(name)}: ${field}`) || (message.startsWith(`${file(name)}: `) && message.includes(field)), message).toBe(true) // prettier-ignore
}
