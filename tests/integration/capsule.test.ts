import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportCapsule } from '../../src/engine/capsule/exportCapsule.ts'
import { verifyCapsule } from '../../src/engine/capsule/verifyCapsule.ts'
import { train } from '../../src/engine/train/train.ts'
import { Capsule } from '../../src/shared/domain/capsule.ts'
import type { TrainingPlan } from '../../src/shared/domain/training.ts'
import { tinyPlan, writeFilms } from './films.ts'

const job = { signal: new AbortController().signal, report: () => undefined }
let root = ''
let capsule = ''
let films: TrainingPlan['films'] = []
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pneumoscope-capsule-'))
  capsule = join(root, 'run.zip')
  films = await writeFilms(join(root, 'films'), 40)
  const runFolder = join(root, 'run')
  const { modelFolder } = await train(tinyPlan(runFolder, films, { epochs: 2 }), job)
  await exportCapsule({ runFolder, modelFolder, paths: paths(), file: capsule }, job)
}, 120_000)
afterAll(() => rm(root, { recursive: true, force: true }))

const paths = () => films.map(({ path }) => path)
const verify = (given = paths()) =>
  verifyCapsule({ file: capsule, paths: given, tolerance: 1e-6 }, job)

test('a capsule holds split, hashes, scores, curves and model, and no pixel', async () => {
  const files = unzipSync(await readFile(capsule))
  expect(Object.keys(files).sort()).toEqual([
    ...['capsule.json', 'curves.csv', 'model/model.json', 'model/weights.bin'],
  ])
  const { manifest, films: listed, validation } = Capsule.parse(JSON.parse(strFromU8(files['capsule.json']!))) // prettier-ignore
  expect(manifest.card.settings.seed).toBe(3)
  expect(listed).toHaveLength(40)
  expect(listed.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true)
  const scored = listed.filter(({ probabilities }) => probabilities)
  expect(scored.map(({ part }) => part)).not.toContain('train')
  expect(validation?.n).toBe(listed.filter(({ part }) => part === 'validation').length)
  expect(strFromU8(files['curves.csv']!).trimEnd().split('\r\n')).toHaveLength(3)
})

test('the same films score the same to the last bit', async () => {
  const { scored, ...rest } = await verify()
  expect(rest).toEqual({ model: 'tiny', films: 40, differences: [], largestDifference: 0 })
  expect(scored).toBeGreaterThan(5)
})

test('a film that is gone and one that was changed are told, with what follows for the scores', async () => {
  const { films: listed } = Capsule.parse(JSON.parse(strFromU8(unzipSync(await readFile(capsule))['capsule.json']!))) // prettier-ignore
  const watched = listed.filter(({ part }) => part === 'validation')
  const pathOf = (name: string) => paths().find((path) => path.endsWith(name))!
  const [gone, changed] = [watched[0]!.file, watched.find((film) => film.class !== watched[0]!.class)!.file] // prettier-ignore
  const bytes = await readFile(pathOf(changed))
  await writeFile(pathOf(changed), await readFile(pathOf(gone)))
  try {
    const { differences } = await verify(paths().filter((path) => !path.endsWith(gone)))
    expect(differences).toContainEqual({ kind: 'missing', file: gone })
    expect(differences).toContainEqual({ kind: 'changed', file: changed })
    expect(differences).toContainEqual(expect.objectContaining({ kind: 'score', file: changed }))
    expect(differences).toContainEqual(
      expect.objectContaining({ kind: 'figure', part: 'validation', figure: 'n', found: watched.length - 1 }), // prettier-ignore
    )
  } finally {
    await writeFile(pathOf(changed), bytes)
  }
})

test('a damaged capsule is refused by name', async () => {
  const broken = join(root, 'broken.zip')
  await writeFile(broken, (await readFile(capsule)).subarray(0, 200))
  const reading = verifyCapsule({ file: broken, paths: paths(), tolerance: 0 }, job)
  await expect(reading).rejects.toMatchObject({ code: 'DAMAGED' })
})
