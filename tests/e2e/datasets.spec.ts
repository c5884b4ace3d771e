/** Data sets as a person looks after them: a split that leaks, mended and taken back; versions. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
import { writeFilm } from './films.ts'
import { answerOpenDialogs, answerSaveDialogs, call, engineReady, go, launch, temporaryFolder } from './launch.ts' // prettier-ignore
import { takeScreenshots } from './screenshots.ts'
import { trainModel } from './trainModel.ts'

/** Six patients of each class; the first two of each have a film in the training and one in the test. */
async function writeLeakyFolder(window: Page): Promise<string> {
  const root = temporaryFolder()
  let number = 0
  for (const [className, name] of [
    ['NORMAL', (patient: number, film: number) => `IM-000${patient}-000${film}.jpeg`],
    ['PNEUMONIA', (patient: number, film: number) => `person${patient}_virus_${film}.jpeg`],
  ] as const) {
    for (const part of ['train', 'test'] as const) {
      const folder = join(root, part, className)
      mkdirSync(folder, { recursive: true })
      const patients = part === 'train' ? [1, 2, 3, 4] : [1, 2, 5, 6]
      for (const patient of patients) {
        const film = part === 'train' ? 1 : 2
        // No two films are alike.
        await writeFilm(window, folder, name(patient, film), { haze: number++ / 16 })
      }
    }
  }
  return root
}

test('a split that leaks is shown, refused, mended and taken back, and each step is a version', async () => {
  test.setTimeout(300_000)
  const launched = await launch()
  const { app, window } = launched
  await engineReady(window)
  const folder = await writeLeakyFolder(window)
  await window.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Datasets' }).click() // prettier-ignore
  await answerOpenDialogs(app, [folder])
  await window.getByRole('button', { name: 'Import a folder' }).first().click()
  await window.getByRole('button', { name: 'Import 16 films' }).click({ timeout: 60_000 })
  await expect(window.getByRole('tab', { name: 'Split' })).toBeVisible({ timeout: 60_000 })

  await test.step('who stands on both sides is drawn and named', async () => {
    await window.getByRole('tab', { name: 'Split' }).click()
    await expect(window.getByText('This split leaks')).toBeVisible({ timeout: 60_000 })
    await expect(window.getByText('4 patients in training and test (4 and 4 films)').first()).toBeVisible() // prettier-ignore
    await expect(window.getByRole('region', { name: 'Patients' }).getByText(/person1_virus/)).toBeVisible() // prettier-ignore
    await takeScreenshots(app, window, 'split-leaks')
    await expectAccessible(window)
  })

  await test.step('a training on it is refused until a person insists', async () => {
    await window.getByRole('button', { name: 'Train on it' }).click()
    await window.getByRole('button', { name: 'Start training' }).click({ timeout: 60_000 })
    const dialog = window.getByRole('dialog', { name: 'Train on a split that leaks?' })
    await expect(dialog).toContainText('4 patients in training and test', { timeout: 60_000 })
    await dialog.getByRole('button', { name: 'Keep' }).click()
    await window.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Datasets' }).click() // prettier-ignore
  })

  await test.step('mended it is sound, taken back it leaks again', async () => {
    await window.getByRole('tab', { name: 'Split' }).click()
    await window.getByRole('button', { name: 'Mend it' }).click()
    await expect(window.getByText('No patient and no copy stands in two parts.')).toBeVisible({ timeout: 60_000 }) // prettier-ignore
    await window.getByRole('button', { name: /^Take back/ }).click()
    await expect(window.getByText('This split leaks')).toBeVisible({ timeout: 60_000 })
    await window.getByRole('button', { name: /^Do again/ }).click()
    await expect(window.getByText('This split leaks')).toBeHidden({ timeout: 60_000 })
  })

  await test.step('a plan is shown before it is taken', async () => {
    await window.getByRole('button', { name: 'Show what it would give' }).click()
    await expect(window.getByText(/A random split by image with this seed would leak/)).toBeVisible({ timeout: 60_000 }) // prettier-ignore
    await takeScreenshots(app, window, 'split-plan')
    await expectAccessible(window)
  })

  await test.step('versions tell what was moved', async () => {
    await window.getByRole('tab', { name: 'Versions' }).click()
    const versions = window.getByRole('region', { name: 'Versions' })
    await expect(versions.getByRole('row')).toHaveCount(5, { timeout: 60_000 })
    await expect(window.getByText('4 films moved from Test to Training')).toBeVisible()
    await takeScreenshots(app, window, 'dataset-versions')
    await expectAccessible(window)
  })

  await test.step('who insists sees the leak on the run, on the score card and in the report', async () => {
    const [dataset] = await call(window, 'listDatasets')
    await call(window, 'undoEdit', { datasetId: dataset!.id })
    await trainModel(window, dataset!.id, { recipe: 'small', epochs: 1, allowLeak: true })
    await go(window, 'Experiments')
    await window.getByRole('button', { name: /^Small network/ }).click()
    await expect(
      window.getByText(/^LEAKY SPLIT: 4 patients in training and test/).first(),
    ).toBeVisible()
    await takeScreenshots(app, window, 'leak-run')
    await expectAccessible(window)
    await go(window, 'Models')
    await window.getByRole('button', { name: /^Small network/ }).click()
    await window.getByRole('tab', { name: 'Score card' }).click()
    await expect(window.getByText('Trained on a leaky split', { exact: true })).toBeVisible()
    await takeScreenshots(app, window, 'leak-score-card')
    await expectAccessible(window)
    const file = join(temporaryFolder(), 'report.html')
    await answerSaveDialogs(app, file)
    await window.getByLabel('Export as').selectOption('report-html')
    await window.getByRole('button', { name: 'Export', exact: true }).click()
    await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8')).toContain('LEAKY SPLIT: 4 patients') // prettier-ignore
  })
  await launched.close()
})
