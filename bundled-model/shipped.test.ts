import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { surveyFolder } from '../src/engine/data/survey.ts'
import { checkParity } from '../src/engine/models/goldenFilms.ts'
import { loadPackage } from '../src/engine/models/package.ts'
import { loadModel } from '../src/engine/predict/loadModel.ts'
import { classes, settingsOf, shipped, specOf } from './protocol.ts'
import { filmsOfFold } from './runs.ts'

const folder = join('resources', 'bundled')
const films = join('..', 'shared', 'chest-xray', 'train')
const watched = readFileSync(join('bundled-model', 'watched.txt'), 'utf8').trimEnd().split('\n')

test('the package that ships is whole, made by the protocol, and at most 15 MB', async () => {
  const { manifest } = await loadPackage(folder)
  expect(manifest.spec).toEqual(specOf(shipped.other))
  expect(manifest.classes).toEqual(classes)
  const settings = { ...settingsOf(shipped.other), seed: shipped.seed }
  expect(manifest.card.settings).toEqual(settings)
  expect(manifest.card.epochs).toHaveLength(settings.epochs)
  expect(manifest.card.films).toEqual({ train: 5216 - watched.length, validation: watched.length, test: 0 }) // prettier-ignore
  const bytes = readdirSync(folder).map((name) => statSync(join(folder, name)).size)
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(15e6)
})

test('what was decided about it is bound to its weights, and says on which films', async () => {
  const { manifest } = await loadPackage(folder)
  const { calibration, operatingPoint, zones, files, threshold } = manifest
  for (const decision of [calibration, operatingPoint, zones]) {
    expect(decision).toMatchObject({
      modelHash: files['weights.bin']!.sha256,
      on: { films: 2 * watched.length },
    })
  }
  expect(threshold).toBe(operatingPoint!.threshold)
})

test('it scores its golden films here as where it was made', async () => {
  const { manifest, goldenPixels } = await loadPackage(folder)
  const { network } = await loadModel(folder)
  try {
    const here = { kind: 'CPU', name: 'here' } as const
    expect(checkParity(network, manifest.golden!, goldenPixels!, here)).toMatchObject({
      films: 14,
      holds: true,
    })
  } finally {
    network.dispose()
  }
})

test.skipIf(!existsSync(films))(
  'its list of watched films is what the protocol deals out (the chest X-rays of ../shared are needed)',
  async () => {
    const quiet = { signal: new AbortController().signal, report: () => undefined }
    const survey = await surveyFolder({ paths: [films] }, quiet)
    const labelled = survey.films.map(({ path, patient, className }) => ({
      ...{ path, patient },
      label: classes.findIndex((name) => name === className),
    }))
    const names = filmsOfFold(labelled, shipped.fold).flatMap(({ path, part }) =>
      part === 'validation' ? [path.split('/').slice(-2).join('/')] : [],
    )
    expect(names.sort()).toEqual([...watched].sort())
  },
)
