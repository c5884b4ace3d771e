/** From a trained model to a score card, a threshold and a comparison: the real engine and a real library. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localClient } from '../../src/cli/localEngine.ts'
import { readRaster } from '../../src/engine/images/readRaster.ts'
import { engineHandlers } from '../../src/engine/handlers.ts'
import { sealOf } from '../../src/engine/models/seal.ts'
import { loadModel } from '../../src/engine/predict/loadModel.ts'
import { tensorflow } from '../../src/engine/tensorflow.ts'
import { engineContract } from '../../src/shared/contracts/engine.ts'
import type { Dataset } from '../../src/shared/domain/dataset.ts'
import type { Run } from '../../src/shared/domain/run.ts'
import { ShortcutChange } from '../../src/shared/domain/shortcut.ts'
import type { AssessedFilter } from '../../src/shared/domain/assessment.ts'
import { checkChain } from '../../src/store/auditChain.ts'
import { ScoreCard } from '../../src/shared/domain/assessment.ts'
import { TrainingSettings } from '../../src/shared/domain/training.ts'
import { openLibraryFolder } from '../../src/store/libraryFolder.ts'
import { openStore } from '../../src/store/store.ts'
import { assessedFilms } from '../../src/workflows/assessedFilms.ts'
import { assessModel } from '../../src/workflows/assessModel.ts'
import type { Library } from '../../src/workflows/library.ts'
import { makeSamples } from '../../src/workflows/makeSamples.ts'
import { exportModel, importModel, modelFolder } from '../../src/workflows/modelPackages.ts'
import { testShortcuts } from '../../src/workflows/testShortcuts.ts'
import { compareModels, decideOn, scoreCard } from '../../src/workflows/scoreCard.ts'
import { createRun, trainRun } from '../../src/workflows/trainRun.ts'
import { tinySpec } from './films.ts'

const root = mkdtempSync(join(tmpdir(), 'pneumoscope-judgement-'))
const quiet = () => ({ signal: new AbortController().signal, report: () => undefined })
let library: Library
let samples: Dataset
let external: Dataset
let run: Run
let modelId: string

beforeAll(async () => {
  const store = openStore(openLibraryFolder(join(root, 'library')), 'test')
  library = { store, engine: localClient(engineContract, engineHandlers()) }
  samples = (await makeSamples(library, { count: 160, seed: 3 }, quiet())).dataset
  external = (await makeSamples(library, { count: 40, seed: 4 }, quiet())).dataset
  const settings = TrainingSettings.parse({ epochs: 2, batchSize: 16, validationShare: 0.4 })
  const order = { datasetId: samples.id, name: 'tiny', recipe: 'own', spec: tinySpec, settings }
  run = await trainRun(library, { runId: (await createRun(library, order)).id }, quiet())
  modelId = run.modelId!
}, 240_000)
afterAll(() => {
  library.store.close()
  rmSync(root, { recursive: true, force: true })
})

test('validation films are those that the training watched, and give its very figures', async () => {
  const assessment = await assessModel(
    library,
    { modelId, datasetId: samples.id, part: 'validation' },
    quiet(),
  )
  expect(assessment).toMatchObject({ internal: true, films: run.films!.validation, refused: 0 })
  const card = ScoreCard.parse(await scoreCard(library, assessment.id))
  const { validation } = library.store.models.get(modelId).manifest.card
  expect(card.evaluation.auc).toBeCloseTo(validation!.auc!, 6)
  expect(card.evaluation.accuracy).toBe(validation!.accuracy)
  expect(card.evaluation.aucBootstrapCi95).toBeDefined()
  const counted = card.bins.reduce((sum, { count }) => sum + count, 0)
  expect(counted).toBe(assessment.films)
})

test('the films behind a figure come most wrong first', async () => {
  const { id: assessmentId } = library.store.assessments.ofModel(modelId)[0]!
  const { evaluation } = await scoreCard(library, assessmentId)
  const cell = { assessmentId, label: 1, predicted: 0, threshold: evaluation.threshold! }
  const { total, films } = library.store.assessments.page(cell, 0, 100)
  expect(total).toBe(evaluation.confusion!.falseNegatives)
  const own = films.map(({ label, probabilities }) => probabilities[label]!)
  expect([...own].sort((a, b) => a - b)).toEqual(own)
  const all = library.store.assessments.page({ assessmentId }, 0, 5)
  expect(all.films).toHaveLength(5)
  const between = library.store.assessments.page({ assessmentId, from: 0, to: 1 }, 0, 500)
  expect(between.total).toBe(all.total)
})

test('threshold, calibration and zones are chosen on validation films and lie in the package', async () => {
  const [assessment] = library.store.assessments.ofModel(modelId)
  const { manifest } = await decideOn(library, {
    assessmentId: assessment!.id,
    order: {
      calibration: 'platt',
      goal: { kind: 'sensitivity', atLeast: 0.9 },
      zones: { missAtMost: 0.05, falseAlarmAtMost: 0.2 },
    },
  })
  const { truePositives, falseNegatives } = manifest.operatingPoint!.confusion
  expect(truePositives / (truePositives + falseNegatives)).toBeGreaterThanOrEqual(0.9)
  expect(manifest.threshold).toBe(manifest.operatingPoint!.threshold)
  expect(manifest.operatingPoint!.on.hash).toBe(assessment!.setHash)
  expect(manifest.zones!.missed).toBeLessThanOrEqual(0.05)
  expect(manifest.calibration!.test.calibrated.loss).toBeGreaterThan(0)
  const onDisk = await library.engine.readModel({ folder: modelFolder(library, modelId) })
  expect(onDisk.operatingPoint).toEqual(manifest.operatingPoint)
  const card = await scoreCard(library, assessment!.id)
  expect(card.calibratedBins.length).toBeGreaterThan(0)
  expect(card.evaluation.threshold).toBe(manifest.threshold)
})

test('zones follow the threshold, with the risks that were asked for', async () => {
  const [assessment] = library.store.assessments.ofModel(modelId)
  const at = async (threshold: number) => {
    const order = { goal: { kind: 'manual' }, threshold } as const
    return (await decideOn(library, { assessmentId: assessment!.id, order })).manifest.zones!
  }
  const risks = { missAtMost: 0.05, falseAlarmAtMost: 0.2 }
  expect(await at(0.999)).toMatchObject({ ...risks, high: 0.999 })
  expect(await at(0.001)).toMatchObject({ ...risks, low: 0.001 })
})

test('nothing is chosen on films that the model was trained on', async () => {
  const order = { modelId, datasetId: samples.id, part: 'train' } as const
  const { id } = await assessModel(library, order, quiet())
  const choosing = decideOn(library, { assessmentId: id, order: { goal: { kind: 'youden' } } })
  await expect(choosing).rejects.toThrow('Choose on validation films')
})

test('an external set is judged beside it, and a model does not differ from itself', async () => {
  const order = { modelId, datasetId: external.id, part: 'all' } as const
  const { id } = await assessModel(library, order, quiet())
  const again = await assessModel(library, order, quiet())
  expect(again).toMatchObject({ internal: false, films: 40, part: 'all' })
  expect(() => library.store.assessments.get(id)).toThrow(/not in the library/)
  const compared = await compareModels(library, [again.id, again.id])
  expect(compared).toMatchObject({ n: 40, mcnemar: { onlyFirst: 0, onlySecond: 0, p: 1 } })
})

test('a subgroup opens its own films and no others', async () => {
  const { id } = library.store.assessments.ofModel(modelId).find(({ part }) => part === 'validation')! // prettier-ignore
  const { subgroups } = await scoreCard(library, id)
  for (const { facet, value, evaluation } of subgroups) {
    const filter = { assessmentId: id, subgroup: { facet, value } }
    const all = assessedFilms(library, { filter, offset: 0, limit: 500 })
    expect(all.total, `${facet} ${value}`).toBe(evaluation.n)
    const sick = assessedFilms(library, { filter: { ...filter, label: 1 }, offset: 0, limit: 1 })
    expect(sick.total).toBe(evaluation.matrix[1]!.reduce((a, b) => a + b, 0))
  }
  const unknown = { assessmentId: id, subgroup: { facet: 'Age', value: 'none' } }
  expect(assessedFilms(library, { filter: unknown, offset: 0, limit: 5 }).total).toBe(0)
})

test('every point, bin and zone of a score card opens as many films as it tells of', async () => {
  const { id: assessmentId } = library.store.assessments.ofModel(modelId).find(({ part }) => part === 'validation')! // prettier-ignore
  const card = ScoreCard.parse(await scoreCard(library, assessmentId))
  const films = (filter: Omit<AssessedFilter, 'assessmentId'>) => {
    const page = assessedFilms(library, { filter: { assessmentId, ...filter }, offset: 0, limit: 500 }) // prettier-ignore
    const own = page.films.map(({ label, probabilities }) => probabilities[label]!)
    expect(
      [...own].sort((a, b) => a - b),
      'most wrong first',
    ).toEqual(own)
    return page
  }
  expect(card.curve.length).toBeGreaterThan(10)
  for (const { threshold, truePositives, falsePositives } of card.curve.slice(1))
    expect(films({ from: threshold! }).total).toBe(truePositives + falsePositives)
  expect(card.calibratedBins.length).toBeGreaterThan(1)
  for (const { from, to, count } of [...card.bins, ...card.calibratedBins])
    expect(films({ from, to }).total).toBe(count)
  for (const { coverage, low = -1, high = 2 } of card.coverage)
    expect(films({ sure: { low, high } }).total).toBe(Math.round(coverage * card.evaluation.n))
  const { low, high } = library.store.models.get(modelId).manifest.zones!
  const zones = { below: { below: low }, uncertain: { from: low, below: high }, above: { from: high } } // prettier-ignore
  for (const [name, filter] of Object.entries(zones)) {
    const expected = card.zones![name as keyof typeof zones]
    expect(films(filter).total, name).toBe(expected.films)
    expect(films({ ...filter, label: 1 }).total, name).toBe(expected.positives)
  }
})

test('films that one of two models alone decides rightly are as many as McNemar’s test counts', async () => {
  const settings = TrainingSettings.parse({ epochs: 1, batchSize: 16, validationShare: 0.4, seed: 9 }) // prettier-ignore
  const order = { datasetId: samples.id, name: 'other', recipe: 'own', spec: tinySpec, settings }
  const { modelId: otherId } = await trainRun(library, { runId: (await createRun(library, order)).id }, quiet()) // prettier-ignore
  const judged = { datasetId: external.id, part: 'all' } as const
  const { id: other } = await assessModel(library, { ...judged, modelId: otherId! }, quiet())
  const { id: own } = await assessModel(library, { ...judged, modelId }, quiet())
  const { mcnemar, n } = await compareModels(library, [own, other])
  expect(n).toBe(40)
  const alone = (right: 'this' | 'other') =>
    assessedFilms(library, { filter: { assessmentId: own, alone: { against: other, right } }, offset: 0, limit: 100 }) // prettier-ignore
  expect(mcnemar.onlyFirst + mcnemar.onlySecond).toBeGreaterThan(0)
  expect(alone('this').total).toBe(mcnemar.onlyFirst)
  expect(alone('other').total).toBe(mcnemar.onlySecond)
  const { threshold } = library.store.models.get(modelId).manifest
  for (const { label, probabilities } of alone('this').films)
    expect(Number(probabilities[1]! >= threshold)).toBe(label)
  for (const { label, probabilities } of alone('other').films)
    expect(Number(probabilities[1]! >= threshold)).toBe(1 - label)
}, 120_000)

test('shortcut tests are kept with the films they were made on, and each number opens its films', async () => {
  const assessment = library.store.assessments.ofModel(modelId).find(({ part }) => part === 'validation')! // prettier-ignore
  const assessmentId = assessment.id
  expect((await scoreCard(library, assessmentId)).shortcuts).toEqual([])
  const tested = await testShortcuts(library, assessmentId, quiet())
  expect(tested).toEqual({ films: assessment.films, refused: 0 })
  const { shortcuts, evaluation } = ScoreCard.parse(await scoreCard(library, assessmentId))
  expect(shortcuts.map(({ change }) => change)).toEqual(ShortcutChange.options)
  const threshold = evaluation.threshold!
  for (const { change, films, flips, becameWrong, becameRight, auc } of shortcuts) {
    expect(films).toBe(assessment.films)
    expect(auc!.secondAuc).toBeCloseTo(evaluation.auc!, 12)
    const behind = (flipped: 'any' | 'wrong' | 'right') =>
      assessedFilms(library, { filter: { assessmentId, change, flipped, threshold }, offset: 0, limit: 500 }) // prettier-ignore
    expect(behind('any').total).toBe(flips)
    expect([behind('wrong').total, behind('right').total]).toEqual([becameWrong, becameRight])
    for (const { probabilities, changed } of behind('any').films)
      expect(probabilities[1]! >= threshold).not.toBe(changed![1]! >= threshold)
    const all = assessedFilms(library, { filter: { assessmentId, change }, offset: 0, limit: 500 })
    const moved = all.films.map(({ probabilities, changed }) => Math.abs(probabilities[1]! - changed![1]!)) // prettier-ignore
    expect(moved).toHaveLength(films)
    expect([...moved].sort((a, b) => b - a)).toEqual(moved)
  }
  // Judged anew, its scores are others': what was tested on them goes.
  await assessModel(library, { modelId, datasetId: samples.id, part: 'validation' }, quiet())
  const again = library.store.assessments.ofModel(modelId).find(({ part }) => part === 'validation')! // prettier-ignore
  expect((await scoreCard(library, again.id)).shortcuts).toEqual([])
})

test('judging, testing for shortcuts and every decision are on the audit trail, and its chain is whole', () => {
  const entries = library.store.audit.entries()
  const told = entries.map(({ event, detail }) => `${event} ${String(detail['as'] ?? '')}`.trim())
  for (const one of ['predict judgement', 'predict shortcut-test', 'threshold', 'import'])
    expect(told).toContain(one)
  expect(checkChain(entries).broken).toBeUndefined()
})

test('of more films than a test takes the same ones are drawn each time', async () => {
  const { id } = library.store.assessments.ofModel(modelId).find(({ part }) => part === 'validation')! // prettier-ignore
  const drawn = async () => {
    expect((await testShortcuts(library, id, quiet(), 7)).films).toBe(7)
    return library.store.shortcuts.ofAssessment(id).map(({ imageId }) => imageId)
  }
  expect(await drawn()).toEqual(await drawn())
})

test('a trained model knows its films: its own are inside, a negative, a photograph and noise are not', async () => {
  const folder = modelFolder(library, modelId)
  const manifest = await library.engine.readModel({ folder })
  expect(manifest.version).toBe(6)
  expect(manifest.envelope).toMatchObject({ checkedOn: { part: 'validation' }, colour: false })
  const own = library.store.images.ofDataset(external.id).map(({ path }) => path)
  const strange = await strangeFilms(own[0]!)
  const outside = new Map<string, string[]>()
  await library.engine.screen(
    { modelFolder: folder, paths: [...own, ...Object.values(strange)] },
    {
      onProgress: ({ films }) => {
        for (const film of films)
          if (film.kind === 'scored')
            outside.set(
              film.path,
              film.outside.map(({ code }) => code),
            )
      },
    },
  )
  const doubted = own.filter((path) => outside.get(path)!.length > 0)
  expect(doubted.length).toBeLessThanOrEqual(own.length / 10)
  expect(outside.get(strange.negative)).toContain('INVERTED')
  expect(outside.get(strange.photograph)).toContain('COLOUR')
  expect(outside.get(strange.stripes)).toContain('NOT_CHEST')
})

/** Made from a film, and made up. */
async function strangeFilms(film: string) {
  const tf = tensorflow()
  const save = async (name: string, pixels: Uint8Array, shape: [number, number, number]) => {
    const image = tf.tensor3d(pixels, shape, 'int32')
    const path = join(root, `${name}.png`)
    writeFileSync(path, await tf.node.encodePng(image))
    image.dispose()
    return path
  }
  const { rows, columns, samples } = await readRaster(film)
  const grey = Uint8Array.from(samples)
  const size: [number, number, number] = [rows, columns, 1]
  const sky = Uint8Array.from({ length: 64 * 64 * 3 }, (_, at) => (at % 3 === 2 ? 220 : (at * 7) % 90)) // prettier-ignore
  const bars = Uint8Array.from({ length: 64 * 64 }, (_, at) => (Math.floor(at / 512) % 2 ? 250 : 5))
  return {
    negative: await save(
      'negative',
      grey.map((value) => 255 - value),
      size,
    ),
    photograph: await save('photograph', sky, [64, 64, 3]),
    stripes: await save('stripes', bars, [64, 64, 1]),
  }
}

test('a package carries golden films, and one that scores them otherwise is not taken', async () => {
  const folder = await exportModel(library, { modelId, into: root })
  expect(await library.engine.parity({ folder })).toMatchObject({ films: 32, holds: true })
  expect((await importModel(library, { folder })).manifest.golden?.films).toBe(32)
  const file = join(folder, 'model.json')
  const bent = JSON.parse(readFileSync(file, 'utf8')) as { golden: { scores: number[][] } }
  bent.golden.scores[7]![0] = 1 - bent.golden.scores[7]![0]!
  writeFileSync(file, JSON.stringify({ ...bent, seal: sealOf(bent) }))
  await expect(importModel(library, { folder })).rejects.toThrow('golden.scores')
})

test('after an update of the program a model is checked by its golden films before it scores again', async () => {
  const folder = await exportModel(library, { modelId, into: mkdtempSync(join(root, 'updated-')) })
  const file = join(folder, 'model.json')
  type Golden = { golden: { backend: string; scores: number[][] } }
  const write = (change: (manifest: Golden) => void) => {
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Golden
    change(manifest)
    writeFileSync(file, JSON.stringify({ ...manifest, seal: sealOf(manifest) }))
  }
  write(({ golden }) => {
    golden.backend = golden.backend.replace(/Pneumoscope .*/, 'Pneumoscope 0.0.1')
  })
  const { network } = await loadModel(folder)
  network.dispose()
  write(({ golden }) => {
    golden.scores[7]![0] = 1 - golden.scores[7]![0]!
  })
  await expect(loadModel(folder)).rejects.toThrow('golden.scores')
})
