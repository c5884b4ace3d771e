import { fork } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadPackage } from '../../src/engine/models/package.ts'
import { train } from '../../src/engine/train/train.ts'
import type { TrainingPlan, TrainingProgress } from '../../src/shared/domain/training.ts'
import { tinyPlan, writeFilms } from './films.ts'

let root = ''
let films: Awaited<ReturnType<typeof writeFilms>> = []
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pneumoscope-training-'))
  films = await writeFilms(join(root, 'films'), 60)
})
afterAll(() => rm(root, { recursive: true, force: true }))

const folder = (name: string) => join(root, name)

async function run(plan: TrainingPlan) {
  const seen: TrainingProgress[] = []
  const report = (progress: TrainingProgress) => void seen.push(progress)
  return { result: await train(plan, { signal: new AbortController().signal, report }), seen }
}

/** Loss, accuracy and so on of each epoch: all that may not depend on the clock. */
const numbers = (result: { epochs: readonly object[] }) =>
  result.epochs.map((report) => ({ ...report, seconds: 0, imagesPerSecond: 0 }))

test('a training learns, tells how it goes, and leaves a tested model', async () => {
  const { result, seen } = await run(tinyPlan(folder('learns'), films))
  expect(result.ended).toBe('complete')
  expect(result.epochs).toHaveLength(6)
  expect(result.test!.accuracy).toBeGreaterThan(0.7)
  expect(new Set(seen.map(({ kind }) => kind))).toEqual(
    new Set(['preparing', 'prepared', 'batch', 'epoch', 'testing']),
  )
  const { manifest } = await loadPackage(result.modelFolder)
  expect(manifest.card.epochs).toEqual(result.epochs)
  expect(manifest.card.test).toEqual(result.test)
  const best = result.epochs[result.bestEpoch - 1]!
  expect(best.valLoss).toBe(Math.min(...result.epochs.map((report) => report.valLoss!)))
  expect((await readdir(folder('learns'))).sort()).toEqual([
    ...['best', 'plan.json', 'result.json', 'split.json'],
  ])
})

test('the same plan gives the same numbers; another seed gives others', async () => {
  const first = await run(tinyPlan(folder('a'), films, { epochs: 2 }))
  const again = await run(tinyPlan(folder('b'), [...films].reverse(), { epochs: 2 }))
  const other = await run(tinyPlan(folder('c'), films, { epochs: 2, seed: 4 }))
  expect(numbers(again.result)).toEqual(numbers(first.result))
  expect(numbers(other.result)).not.toEqual(numbers(first.result))
})

test('a training stopped in its third epoch keeps the best of two, and goes on to the same end', async () => {
  const straight = await run(tinyPlan(folder('straight'), films))
  const stop = (progress: TrainingProgress) => {
    if (progress.kind === 'batch' && progress.epoch === 3) stopper.abort()
  }
  const stopper = new AbortController()
  const plan = tinyPlan(folder('stopped'), films)
  const stopped = await train(plan, { signal: stopper.signal, report: stop })
  expect(stopped.ended).toBe('stopped')
  expect(stopped.epochs).toHaveLength(2)
  expect(stopped.test).not.toBeNull()
  const resumed = await run({ ...plan, resume: true })
  expect(numbers(resumed.result)).toEqual(numbers(straight.result))
  const ends = await Promise.all(
    ['stopped', 'straight'].map((name) => readFile(join(folder(name), 'best', 'weights.bin'))),
  )
  expect(ends[0]!.equals(ends[1]!)).toBe(true)
})

test('a stop before the first epoch has ended is a cancel', async () => {
  const stopper = new AbortController()
  const report = (progress: TrainingProgress) => {
    if (progress.kind === 'batch') stopper.abort()
  }
  const plan = tinyPlan(folder('cancelled'), films)
  await expect(train(plan, { signal: stopper.signal, report })).rejects.toMatchObject({
    code: 'CANCELLED',
  })
})

test('a process killed in its fourth epoch is gone on with to the same numbers, bit for bit', async () => {
  const settings = { weightAverage: 0.9, schedule: { kind: 'cosine' } } as const
  const straight = await run(tinyPlan(folder('whole'), films, settings))
  const plan = tinyPlan(folder('killed'), films, settings)
  await writeFile(join(root, 'plan-of-killed.json'), JSON.stringify(plan))
  const child = fork(fileURLToPath(new URL('trainInChild.mjs', import.meta.url)), [
    join(root, 'plan-of-killed.json'),
  ])
  await new Promise<void>((resolve, reject) => {
    child.on('message', (epoch) => {
      if (epoch === 4) child.kill('SIGKILL')
    })
    child.on('exit', (_, signal) =>
      signal === 'SIGKILL' ? resolve() : reject(new Error('it ended by itself')),
    )
  })
  const resumed = await run({ ...plan, resume: true })
  const batches = resumed.seen.filter((progress) => progress.kind === 'batch')
  expect(batches[0]?.epoch).toBe(4)
  expect(numbers(resumed.result)).toEqual(numbers(straight.result))
  const ends = await Promise.all(
    ['killed', 'whole'].map((name) => readFile(join(folder(name), 'best', 'weights.bin'))),
  )
  expect(ends[0]!.equals(ends[1]!)).toBe(true)
})

test('a training that is complete is not trained again', async () => {
  const plan = tinyPlan(folder('complete'), films, { epochs: 1 })
  const { result } = await run(plan)
  const again = await run({ ...plan, resume: true })
  expect(again.result).toEqual(result)
  expect(again.seen).toEqual([])
  await expect(run(plan)).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('a resume with other settings is refused', async () => {
  const stopper = new AbortController()
  const plan = tinyPlan(folder('other'), films)
  const report = (progress: TrainingProgress) => {
    if (progress.kind === 'epoch') stopper.abort()
  }
  await train(plan, { signal: stopper.signal, report })
  const changed = { ...plan, resume: true, settings: { ...plan.settings, batchSize: 4 } }
  await expect(run(changed)).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('patience of one ends with the first epoch that is not better', async () => {
  const settings = { epochs: 50, patience: 1 }
  const { result } = await run(tinyPlan(folder('patience'), films, settings))
  expect(result.ended).toBe('patience')
  expect(result.bestEpoch).toBe(result.epochs.length - 1)
})

test('a loss that is not finite stops with its batch named', async () => {
  const plan = tinyPlan(folder('nan'), films)
  const optimiser = { kind: 'sgd', learningRate: 1e38 } as const
  await expect(run({ ...plan, spec: { ...plan.spec, optimiser } })).rejects.toMatchObject({
    code: 'NUMERIC',
    message: expect.stringMatching(/^Epoch \d, batch \d of \d/) as string,
  })
})

test('a damaged film is reported and left out; a class without films is refused', async () => {
  const [first] = films
  const damaged = join(root, 'damaged.png')
  await writeFile(damaged, (await readFile(first!.path)).subarray(0, 60))
  const more = [...films, { path: damaged, label: 0, patient: 'broken' }]
  const { seen } = await run(tinyPlan(folder('damaged'), more, { epochs: 1 }))
  const prepared = seen.find((progress) => progress.kind === 'prepared')!
  expect(prepared.refused).toMatchObject([{ path: damaged }])
  const lonely = films.map((film) => (film.label === 1 ? { ...film, path: damaged } : film))
  await expect(run(tinyPlan(folder('lonely'), lonely))).rejects.toMatchObject({ code: 'BAD_INPUT' })
})

test('a training starts from the weights of a model, and says when nothing fits', async () => {
  const first = await run(tinyPlan(folder('teacher'), films, { epochs: 4 }))
  const { modelFolder } = first.result
  const plan = { ...tinyPlan(folder('pupil'), films, { epochs: 1 }), startFrom: modelFolder }
  const { result } = await run(plan)
  // Its first epoch is better than the first of the one that started from chance.
  expect(result.epochs[0]!.loss).toBeLessThan(first.result.epochs[0]!.loss)
  const layers = plan.spec.layers.map((layer, at) => ({ ...layer, name: `other_${at}` }))
  const strange = { ...plan, folder: folder('strange'), spec: { ...plan.spec, layers } }
  await expect(run(strange)).rejects.toMatchObject({ code: 'BAD_INPUT' })
})

test('where the last epoch is to be kept, it is, even if an earlier one was better', async () => {
  const settings = { epochs: 3, keep: 'last' } as const
  const { result } = await run(tinyPlan(folder('last'), films, settings))
  expect(result.bestEpoch).toBe(3)
  const { manifest } = await loadPackage(result.modelFolder)
  expect(manifest.card.bestEpoch).toBe(3)
  expect(manifest.card.validation?.loss).toBe(result.epochs[2]!.valLoss)
})
