import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ModelSpec } from '../../shared/domain/modelSpec.ts'
import { TrainingPlan } from '../../shared/domain/training.ts'
import { commonFolder, fingerprint, saveSplit } from './splitFile.ts'

const films = [
  { path: '/data/set/A/1.png', label: 0, patient: 'p1', part: 'train' },
  { path: '/data/set/B/2.png', label: 1, patient: 'p2', part: 'validation' },
] as const
const plan = (changes: object = {}) =>
  TrainingPlan.parse({
    spec: ModelSpec.parse({
      name: 'tiny',
      input: { height: 2, width: 2, channels: 1 },
      classes: 2,
      layers: [{ type: 'flatten' }, { type: 'dense', units: 1, activation: 'sigmoid' }],
      loss: { kind: 'binaryCrossentropy' },
      optimiser: { kind: 'sgd' },
    }),
    settings: { ...changes },
    classes: ['A', 'B'],
    films,
    trainedOn: 'set',
    folder: '/run',
    cacheFolder: '/cache',
  })

test('the common folder is the nearest that holds every film', () => {
  expect(commonFolder(['/data/set/A/1.png', '/data/set/B/2.png'])).toBe('/data/set')
  expect(commonFolder(['/data/set/1.png', '/data/setting/2.png'])).toBe('/data')
  expect(commonFolder(['/a/1.png'])).toBe('/a')
  expect(commonFolder(['/a/1.png', '/b/1.png'])).toBe('/')
})

test('a split names films from their common folder on, never where they lie', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pneumoscope-split-'))
  await saveSplit(join(folder, 'split.json'), films, plan())
  const text = await readFile(join(folder, 'split.json'), 'utf8')
  await rm(folder, { recursive: true })
  expect(JSON.parse(text)).toMatchObject({
    seed: 1,
    train: [{ file: 'A/1.png', class: 'A', patient: 'p1' }],
    validation: [{ file: 'B/2.png', class: 'B', patient: 'p2' }],
    test: [],
  })
  expect(text).not.toContain('/data')
})

test('a fingerprint changes with what changes the numbers, and with nothing else', () => {
  const base = fingerprint(plan(), films)
  const moved = films.map((film) => ({ ...film, path: film.path.replace('/data', '/mnt') }))
  expect(fingerprint(plan({ epochs: 99, patience: 3 }), moved)).toBe(base)
  expect(fingerprint(plan({ seed: 2 }), films)).not.toBe(base)
  expect(fingerprint(plan({ batchSize: 16 }), films)).not.toBe(base)
  expect(fingerprint(plan(), [films[0]])).not.toBe(base)
  expect(fingerprint(plan(), [{ ...films[0], doubt: 0.1 }, ...films.slice(1)])).not.toBe(base)
  const cosine = (epochs: number) => plan({ epochs, schedule: { kind: 'cosine' } })
  expect(fingerprint(cosine(5), films)).not.toBe(fingerprint(cosine(6), films))
})
