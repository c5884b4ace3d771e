/** Imports that do not go straight: from an archive, after the program was killed, and originals that were moved. */
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { zipOf } from '../integration/zipFile.ts'
import { expectAccessible } from './accessibility.ts'
import { writeFilm } from './films.ts'
import { answerOpenDialogs, call, engineReady, eventually, firstProgress, go, launch, temporaryFolder } from './launch.ts' // prettier-ignore
import { takeScreenshots } from './screenshots.ts'

test('films of an archive are imported, moved away, missed and found again', async () => {
  test.setTimeout(240_000)
  const launched = await launch()
  const { app, window } = launched
  await engineReady(window)
  const root = temporaryFolder()
  const names = ['NORMAL', 'PNEUMONIA'].flatMap((name) => [1, 2, 3].map((n) => ({ name, n })))
  mkdirSync(join(root, 'drawn'))
  for (const [at, { name, n }] of names.entries()) {
    await writeFilm(window, join(root, 'drawn'), `${name}-${n}.jpg`, { haze: at / 8 })
  }
  const archive = join(root, 'ward.zip')
  const entries = names.map(({ name, n }) => ({
    name: `ward/${name}/person${n}_${name}.jpg`,
    content: readFileSync(join(root, 'drawn', `${name}-${n}.jpg`)),
  }))
  writeFileSync(archive, zipOf([...entries, { name: '../../outside.jpg', content: 'no' }]))
  await go(window, 'Datasets')

  await test.step('the button takes the archive; an entry that leads out of it is refused by name', async () => {
    await answerOpenDialogs(app, [archive])
    await window.getByRole('button', { name: 'Import a zip file' }).click()
    const dialog = window.getByRole('dialog')
    await expect(dialog.getByRole('button', { name: 'Import 6 films' })).toBeVisible({ timeout: 60_000 }) // prettier-ignore
    await expect(dialog.getByRole('row', { name: /outside\.jpg/ })).toContainText('leaves the archive') // prettier-ignore
    await takeScreenshots(app, window, 'import-archive')
    await expectAccessible(window)
    await dialog.getByRole('button', { name: 'Import 6 films' }).click()
    await expect(window.getByText(/^6 films · 6 patients/)).toBeVisible({ timeout: 60_000 })
  })

  const folder = join(root, 'clinic')
  for (const { name, n } of names) {
    mkdirSync(join(folder, name), { recursive: true })
    copyFileSync(join(root, 'drawn', `${name}-${n}.jpg`), join(folder, name, `film-${n}.jpg`))
  }
  await test.step('originals that were moved away are missed, and found in another folder', async () => {
    await answerOpenDialogs(app, [folder])
    await window.getByRole('button', { name: 'Import a folder' }).first().click()
    await window.getByRole('button', { name: 'Import 6 films' }).click({ timeout: 60_000 })
    await expect(window.getByRole('region', { name: 'clinic' })).toBeVisible({ timeout: 60_000 })
    renameSync(folder, join(root, 'moved'))
    await window.getByRole('tab', { name: 'Contents' }).click()
    const originals = window.getByRole('region', { name: 'Originals' })
    await originals.getByRole('button', { name: 'Check the originals' }).click()
    await expect(originals).toContainText('6 originals moved or changed', { timeout: 60_000 })
    await expect(originals.getByText('It is not where it was imported from').first()).toBeVisible()
    await takeScreenshots(app, window, 'originals-lost')
    await expectAccessible(window)
    await answerOpenDialogs(app, [join(root, 'moved')])
    await originals.getByRole('button', { name: 'Find them in another folder …' }).click()
    await expect(originals).toContainText('Every original was what was imported', { timeout: 60_000 }) // prettier-ignore
    expect(readdirSync(join(root, 'moved'))).toEqual(['NORMAL', 'PNEUMONIA'])
  })
  await launched.close()
})

test('an import whose program was killed is offered in Activity and goes on where it stood', async () => {
  test.setTimeout(240_000)
  const films = 900
  const { app, window, library } = await launch()
  await engineReady(window)
  const folder = join(temporaryFolder(), 'archive of years')
  mkdirSync(join(folder, 'NORMAL'), { recursive: true })
  const one = await writeFilm(window, temporaryFolder(), 'film.jpg', { width: 640, height: 560 })
  for (let n = 0; n < films; n++) copyFileSync(one, join(folder, 'NORMAL', `film-${n}.jpg`))
  await answerOpenDialogs(app, [folder])
  const source = (await call(window, 'chooseSource', { kind: 'folder' }))!
  const { previewId } = await call(window, 'previewImport', { source: source.token })
  const { jobId } = await call(window, 'startImport', { previewId, name: 'Years' })
  await eventually(async () => {
    const { jobs } = await firstProgress(window, 'watchStatus')
    const state = jobs.find(({ id }) => id === jobId)?.state
    return state?.kind === 'running' && (state.progress ?? 0) > 0.02 ? true : undefined
  }, 60_000)
  const ended = new Promise((resolve) => app.process().once('exit', resolve))
  app.process().kill('SIGKILL')
  await ended

  const again = await launch({ library })
  await engineReady(again.window)
  const [half] = await call(again.window, 'listHalfImports')
  expect(half!.images).toBeGreaterThan(10)
  expect(half!.images).toBeLessThan(films)
  expect(await call(again.window, 'listDatasets')).toEqual([])
  await go(again.window, 'Datasets')
  const offer = again.window.getByRole('group', { name: 'Interrupted import of Years' })
  await expect(offer).toContainText(`Import interrupted after ${half!.images.toLocaleString('en-US')} films`) // prettier-ignore
  await go(again.window, 'Activity')
  await expect(again.window.getByRole('row', { name: /Import of Years/ })).toContainText('Interrupted') // prettier-ignore
  await takeScreenshots(again.app, again.window, 'activity-resume')
  await expectAccessible(again.window)
  await again.window.getByRole('button', { name: 'Resume Import of Years' }).click()
  await expect(again.window.getByRole('button', { name: 'Resume Import of Years' })).toBeHidden()
  const datasets = () => call(again.window, 'listDatasets')
  await expect.poll(async () => (await datasets())[0]?.images, { timeout: 120_000 }).toBe(films)
  expect(await call(again.window, 'listHalfImports')).toEqual([])
  await again.close()
})
