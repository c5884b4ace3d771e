/** The engine where TensorFlow's native library cannot be used. */
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tinyPlan, tinySpec } from './films.ts'
import type { ScreenedFilm } from '../../src/shared/contracts/engineAreas/scoring.ts'
import { EngineInfo } from '../../src/shared/domain/engineInfo.ts'
import { describe as describeEngine } from '../../src/engine/describe.ts'
import { drawnWeights } from '../../src/engine/graph/testing/draws.ts'
import { savePackage } from '../../src/engine/models/package.ts'
import { inferShapes } from '../../src/engine/models/shapes.ts'
import { evaluateModel } from '../../src/engine/predict/evaluateModel.ts'
import { loadedModels } from '../../src/engine/predict/loadModel.ts'
import { packFilms, readForNetwork } from '../../src/engine/predict/readForNetwork.ts'
import { screen } from '../../src/engine/predict/screen.ts'
import { generateFilms } from '../../src/engine/samples/generateFilms.ts'
import { train } from '../../src/engine/train/train.ts'
import { startWasm } from '../../src/engine/wasm/startWasm.ts'

process.env['PNEUMOSCOPE_BACKEND'] = 'wasm'

let root = ''
const at = (name: string) => join(root, name)
const quiet = { signal: new AbortController().signal, report: () => undefined }
const labelled = (count: number) =>
  Array.from({ length: count }, (_, place) => ({
    path: at(`film-${place}.png`),
    label: place % 2,
    patient: String(place),
  }))

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pneumoscope-without-addon-'))
  const { settings, classes } = tinyPlan(at('plan'), labelled(4))
  await savePackage(
    at('model'),
    {
      name: tinySpec.name,
      createdAt: '2026-01-02T03:04:05Z',
      spec: tinySpec,
      preprocessing: settings.preprocessing,
      classes,
      threshold: 0.5,
      card: {
        trainedOn: 'nothing',
        films: { train: 0, validation: 0, test: 0 },
        settings,
        bestEpoch: 1,
        epochs: [],
        validation: null,
        test: null,
        synthetic: true,
        software: {},
      },
    },
    drawnWeights(inferShapes(tinySpec).layers.flatMap(({ weights }) => weights)),
  )
  await generateFilms({ folder: at('films'), count: 6, seed: 1, size: 64 }, quiet)
})
afterAll(async () => {
  loadedModels.clear()
  await rm(root, { recursive: true, force: true })
})

async function filmPaths(): Promise<string[]> {
  const folders = ['NORMAL', 'PNEUMONIA'].map((name) => join(at('films'), name))
  const names = await Promise.all(folders.map((folder) => readdir(folder)))
  return folders.flatMap((folder, place) => names[place]!.map((name) => join(folder, name)))
}

test('it says that WebAssembly computes, why, and what to do', async () => {
  const info = EngineInfo.parse(await describeEngine())
  expect(info).toMatchObject({ backend: 'WASM', tensorflow: 'none', threads: 1 })
  expect(info.warnings[0]).toMatch(
    /native library cannot be used: PNEUMOSCOPE_BACKEND is set to wasm\. .*no training.*Unset/,
  )
})

test('films are screened, more than are scored at once, and no tensor is left behind', async () => {
  const paths = await filmPaths()
  const seen: ScreenedFilm[] = []
  const report = ({ films }: { films: ScreenedFilm[] }) => seen.push(...films)
  await screen({ modelFolder: at('model'), paths: [] }, quiet)
  const tf = await startWasm()
  const tensors = tf.memory().numTensors
  const result = await screen({ modelFolder: at('model'), paths }, { ...quiet, report })
  expect(result).toMatchObject({ scored: 6, refused: 0 })
  expect(seen.map(({ kind }) => kind)).toEqual(Array(6).fill('scored'))
  expect(tf.memory().numTensors).toBe(tensors)
  await loadedModels.use(at('model'), async ({ network }) => {
    const [probability] = network.predict(packFilms([await readForNetwork(paths[5]!, { ...tinySpec.input, resize: 'bilinear' })])) // prettier-ignore
    const last = seen[5]!
    expect(last.kind === 'scored' && last.probabilities[1]).toBeCloseTo(probability!, 6)
  })
})

test('a model is evaluated', async () => {
  const films = (await filmPaths()).map((path, place) => ({ path, label: place % 2, patient: '' }))
  const figures = await evaluateModel({ modelFolder: at('model'), films }, quiet)
  expect(figures).toMatchObject({ n: 6, refused: [] })
})

test('a training fails at once, in words, and leaves nothing', async () => {
  await expect(train(tinyPlan(at('run'), labelled(4)), quiet)).rejects.toMatchObject({
    code: 'ENGINE_FAILED',
    message: expect.stringMatching(
      /Training needs TensorFlow's native library.*Screening/,
    ) as unknown,
  })
  expect(existsSync(at('run'))).toBe(false)
})
