import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ModelSpec } from '../../shared/domain/modelSpec.ts'
import type { Preprocessing } from '../../shared/domain/preprocessing.ts'
import type { ChangedFilm } from '../../shared/domain/shortcut.ts'
import { isSet } from '../data/disturb/glyphs.ts'
import { randomStream } from '../data/random.ts'
import { shortcutFigures } from '../evaluate/shortcutFigures.ts'
import { createGraphNetwork } from '../graph/graphNetwork.ts'
import { savePackage } from '../models/package.ts'
import { tinyCard } from '../models/testing/tinyPackage.ts'
import { resizeArea } from '../images/resizeArea.ts'
import { loadedModels } from '../predict/loadModel.ts'
import { tensorflow } from '../tensorflow.ts'
import { scoreChanged } from './scoreChanged.ts'

const [side, stored] = [32, 192]
const spec = ModelSpec.parse({
  name: 'reads letters',
  input: { height: side, width: side, channels: 1 },
  classes: 2,
  layers: [
    { type: 'conv2d', filters: 8, padding: 'same', activation: 'relu' },
    { type: 'maxPool' },
    { type: 'conv2d', filters: 8, padding: 'same', activation: 'relu' },
    { type: 'globalMaxPool' },
    { type: 'dense', units: 1, activation: 'sigmoid' },
  ],
  loss: { kind: 'binaryCrossentropy' },
  optimiser: { kind: 'adam', learningRate: 0.01 },
})

/** By area, so that a letter is as dark on a small film as it is on a large one; divided by 255. */
const preprocessing: Preprocessing = {
  ...{ version: 2, resize: 'area' },
  scale: { kind: 'dataset', measured: { mean: [0], deviation: [255] } },
}

/** How much of each pixel is a letter: an R in the top left corner, of dots of three pixels. */
const whole = Uint8Array.from({ length: stored * stored }, (_, at) => {
  const [row, column] = [Math.floor(at / stored), at % stored].map((place) => Math.floor((place - 8) / 3)) // prettier-ignore
  return isSet('R', row!, column!) ? 255 : 0
})
const reduced = resizeArea(whole, { rows: stored, columns: stored }, { rows: side, columns: side }, 1) // prettier-ignore

/** Dim noise; every second film has the letter, and nothing else tells the two kinds apart. */
function letteredFilm(number: number, letter: Uint8Array) {
  const random = randomStream(number, 'lettered')
  const label = number % 2
  const pixels = letter.map(
    (share) => 60 + Math.floor(random.next() * 12) + Math.round((180 * label * share) / 255),
  )
  return { label, pixels }
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pneumoscope-shortcuts-'))
  const network = createGraphNetwork({
    spec,
    scale: preprocessing.scale,
    seed: 3,
    memoryBudgetBytes: 1e9,
  })
  for (let step = 0; step < 80; step++) {
    const films = Array.from({ length: 16 }, (_, at) =>
      letteredFilm(1000 + 16 * step + at, reduced),
    )
    const pixels = new Uint8Array(16 * side * side)
    films.forEach((film, at) => pixels.set(film.pixels, at * side * side))
    const labels = Int32Array.from(films, ({ label }) => label)
    network.trainStep({ films: { count: 16, channels: 1, pixels }, labels, seed: step }, 0.01)
  }
  const weights = network.readWeights('current')
  network.dispose()
  await savePackage(join(folder, 'model'), { ...tinyCard, spec, preprocessing }, weights)
}, 120_000)
afterAll(async () => {
  loadedModels.clear()
  await rm(folder, { recursive: true, force: true })
})

test('a model that reads a letter is found out: without it every case is missed, saved again none is', async () => {
  const tf = tensorflow()
  const paths: string[] = []
  const labels: number[] = []
  for (let number = 0; number < 12; number++) {
    const { label, pixels } = letteredFilm(number, whole)
    const path = join(folder, `${number}.png`)
    const image = tf.tensor3d(pixels, [stored, stored, 1], 'int32')
    await writeFile(path, await tf.node.encodePng(image))
    image.dispose()
    paths.push(path)
    labels.push(label)
  }
  await writeFile(join(folder, 'broken.png'), 'no picture')
  const films: ChangedFilm[] = []
  const result = await scoreChanged(
    { modelFolder: join(folder, 'model'), paths: [...paths, join(folder, 'broken.png')] },
    { signal: new AbortController().signal, report: (progress) => films.push(...progress.films) },
  )
  expect(result).toEqual({ scored: 12, refused: 1 })
  expect(films.at(-1)).toMatchObject({ kind: 'refused', refusal: { path: join(folder, 'broken.png') } }) // prettier-ignore
  const scored = films.flatMap((film) => (film.kind === 'scored' ? [film] : []))
  const before = scored.map(({ probabilities }) => probabilities)
  expect(before.map((row) => Number(row[1]! >= 0.5))).toEqual(labels)
  const figures = (at: number) => {
    const { change } = scored[0]!.changed[at]!
    const after = scored.map(({ changed }) => changed[at]!.probabilities)
    return shortcutFigures({ change, before, after, labels, patients: paths, threshold: 0.5 })
  }
  const [borders, corners, marks, jpeg, mirrored] = [0, 1, 2, 3, 4].map(figures)
  expect(borders).toMatchObject({ change: 'blank-borders', films: 12 })
  for (const found of [corners, marks])
    expect(found).toMatchObject({ flips: 6, becameWrong: 6, becameRight: 0 })
  expect(corners!.auc!.secondAuc).toBe(1)
  expect(corners!.auc!.difference).toBeLessThan(-0.1)
  expect(jpeg).toMatchObject({ flips: 0, becameWrong: 0 })
  expect(mirrored).toMatchObject({ change: 'mirrored', becameRight: 0 })
})

test('a test that nobody waits for any more stops', async () => {
  const controller = new AbortController()
  controller.abort()
  const order = { modelFolder: join(folder, 'model'), paths: [join(folder, '0.png')] }
  const job = { signal: controller.signal, report: () => undefined }
  await expect(scoreChanged(order, job)).rejects.toMatchObject({ code: 'CANCELLED' })
})
