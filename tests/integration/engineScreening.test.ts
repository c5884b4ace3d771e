import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evaluateModel } from '../../src/engine/predict/evaluateModel.ts'
import { loadModel, loadedModels } from '../../src/engine/predict/loadModel.ts'
import { packFilms, readForNetwork } from '../../src/engine/predict/readForNetwork.ts'
import { screen } from '../../src/engine/predict/screen.ts'
import { train } from '../../src/engine/train/train.ts'
import type { ScreenedFilm } from '../../src/shared/contracts/engineAreas/scoring.ts'
import { tinyPlan, tinySpec, writeFilms } from './films.ts'

let root = ''
let modelFolder = ''
let films: Awaited<ReturnType<typeof writeFilms>> = []
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pneumoscope-screening-'))
  films = await writeFilms(join(root, 'films'), 70)
  const job = { signal: new AbortController().signal, report: () => undefined }
  const result = await train(tinyPlan(join(root, 'run'), films, { epochs: 4 }), job)
  modelFolder = result.modelFolder
})
afterAll(async () => {
  loadedModels.clear()
  await rm(root, { recursive: true, force: true })
})

async function screened(paths: readonly string[], signal = new AbortController().signal) {
  const seen: ScreenedFilm[] = []
  const result = await screen(
    { modelFolder, paths },
    { signal, report: ({ films: more }) => seen.push(...more) },
  )
  return { result, seen }
}

test('films are scored in order, each as the network scores it alone', async () => {
  const paths = films.map(({ path }) => path)
  const { result, seen } = await screened(paths)
  expect(result).toMatchObject({ scored: 70, refused: 0 })
  const { network } = await loadModel(modelFolder)
  for (const at of [0, 31, 32, 69]) {
    const film = await readForNetwork(paths[at]!, { ...tinySpec.input, resize: 'bilinear' })
    const [probability] = network.predict(packFilms([film]))
    const scored = seen[at]!
    expect(scored).toMatchObject({ kind: 'scored', path: paths[at] })
    if (scored.kind === 'scored') {
      expect(scored.probabilities[1]).toBeCloseTo(probability!, 6)
      expect(scored.probabilities[0]! + scored.probabilities[1]!).toBeCloseTo(1, 12)
    }
  }
  network.dispose()
})

test('a file that is no film is reported in its place, and the others are scored', async () => {
  const cut = join(root, 'cut.png')
  await writeFile(cut, (await readFile(films[0]!.path)).subarray(0, 100))
  const { result, seen } = await screened([films[0]!.path, cut, '/no/film.png', films[1]!.path])
  expect(result).toMatchObject({ scored: 2, refused: 2 })
  expect(seen.map(({ kind }) => kind)).toEqual(['scored', 'refused', 'refused', 'scored'])
  expect(seen[1]).toMatchObject({ refusal: { path: cut } })
  expect(seen[2]).toMatchObject({ refusal: { code: 'NOT_FOUND' } })
})

test('screening stops at a cancel', async () => {
  await expect(screened([films[0]!.path], AbortSignal.abort())).rejects.toMatchObject({
    code: 'CANCELLED',
  })
})

test('a single film is let through while a folder is screened', async () => {
  const many = Array.from({ length: 20 }, () => films.map(({ path }) => path)).flat()
  const order: string[] = []
  const job = { signal: new AbortController().signal, report: () => undefined }
  const folder = screen({ modelFolder, paths: many }, job).then(() => order.push('folder'))
  const single = screen({ modelFolder, paths: [films[0]!.path] }, job).then(() =>
    order.push('single'),
  )
  await Promise.all([folder, single])
  expect(order).toEqual(['single', 'folder'])
})

test('an evaluation counts what the screening scored', async () => {
  const { seen } = await screened(films.map(({ path }) => path))
  const positives = seen.filter((film) => film.kind === 'scored' && film.probabilities[1]! >= 0.3)
  const figures = await evaluateModel(
    { modelFolder, films, threshold: 0.3 },
    { signal: new AbortController().signal, report: () => undefined },
  )
  expect(figures).toMatchObject({ n: 70, threshold: 0.3, refused: [] })
  const { truePositives, falsePositives } = figures.confusion!
  expect(truePositives + falsePositives).toBe(positives.length)
})
