/** The tutorial network on a few dozen real films, where they are at hand. */
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { surveyFolder } from '../../src/engine/data/survey.ts'
import { recipeNamed } from '../../src/engine/models/presets.ts'
import { loadedModels } from '../../src/engine/predict/loadModel.ts'
import { screen } from '../../src/engine/predict/screen.ts'
import { train } from '../../src/engine/train/train.ts'
import { TrainingPlan } from '../../src/shared/domain/training.ts'

const data = resolve(fileURLToPath(import.meta.url), '../../../../shared/chest-xray/train')
const isHere = existsSync(data)
if (!isHere) console.info('Left out: the chest X-ray films are not beside the repository')

const filmsPerClass = 24
const job = { signal: new AbortController().signal, report: () => undefined }
const root = await mkdtemp(join(tmpdir(), 'pneumoscope-chest-'))
afterAll(async () => {
  loadedModels.clear()
  await rm(root, { recursive: true, force: true })
})

/** The first films of each class, as a survey of single files understands them. */
async function someFilms() {
  const paths: string[] = []
  for (const name of ['NORMAL', 'PNEUMONIA']) {
    const files = (await readdir(join(data, name))).sort().slice(0, filmsPerClass)
    paths.push(...files.map((file) => join(data, name, file)))
  }
  return surveyFolder({ paths }, job)
}

test.skipIf(!isHere)('one epoch on real films ends with a model that scores them', async () => {
  const survey = await someFilms()
  const { spec, settings } = recipeNamed('pneumonia-vgg-lite')
  const plan = TrainingPlan.parse({
    spec,
    settings: { ...settings, epochs: 1, batchSize: 16 },
    classes: survey.classes,
    films: survey.films.map((film) => ({
      ...film,
      label: survey.classes.indexOf(film.className ?? ''),
    })),
    trainedOn: 'chest-xray',
    folder: join(root, 'run'),
    cacheFolder: join(root, 'cache'),
  })
  const result = await train(plan, job)
  expect(result.epochs[0]!.loss).toBeGreaterThan(0)
  const paths = plan.films.map(({ path }) => path)
  const order = { modelFolder: result.modelFolder, paths }
  expect(await screen(order, job)).toMatchObject({ scored: 2 * filmsPerClass, refused: 0 })
  const startedAt = performance.now()
  await screen({ ...order, paths: paths.slice(0, 1) }, job)
  console.info(`One film, warm: ${(performance.now() - startedAt).toFixed(0)} ms`)
})
