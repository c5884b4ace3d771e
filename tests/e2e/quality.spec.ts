/** The quality of a data set in the window: checked, gone through by keys, decided, undone. */
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
import { writeFilm } from './films.ts'
import {
  answerOpenDialogs,
  call,
  engineReady,
  eventually,
  go,
  launch,
  temporaryFolder,
} from './launch.ts'
import { takeScreenshots } from './screenshots.ts'

const kinds = (window: Page) => window.getByRole('list', { name: 'Kinds of findings' })
const films = (window: Page) => window.getByRole('listbox', { name: 'Films of the finding' })

/** Eight films of two classes, one of them copied into the other class under another name. */
async function importPlanted(window: Page): Promise<string> {
  const folder = join(temporaryFolder(), 'Planted films')
  for (const name of ['NORMAL', 'PNEUMONIA']) mkdirSync(join(folder, name), { recursive: true })
  for (let at = 0; at < 4; at++) {
    await writeFilm(window, join(folder, 'NORMAL'), `normal-${at}.jpg`, { haze: 0.03 * at })
    const size = { width: 320 + 8 * at, height: 280 }
    await writeFilm(window, join(folder, 'PNEUMONIA'), `sick-${at}.jpg`, {
      haze: 0.7 + 0.08 * at,
      ...size,
    })
  }
  copyFileSync(join(folder, 'NORMAL', 'normal-0.jpg'), join(folder, 'PNEUMONIA', 'copy.jpg'))
  return folder
}

test('a check finds the planted copy; a key excludes it, another takes that back', async () => {
  test.setTimeout(300_000)
  const { app, window } = await launch()
  await engineReady(window)
  const folder = await importPlanted(window)
  await answerOpenDialogs(app, [folder])
  const source = (await call(window, 'chooseSource', { kind: 'folder' }))!
  const { previewId } = await call(window, 'previewImport', { source: source.token })
  await call(window, 'startImport', { previewId, name: 'Planted films' })
  const datasetId = await eventually(
    async () => (await call(window, 'listDatasets'))[0]?.id,
    60_000,
  )
  await go(window, 'Datasets')
  await window.getByRole('tab', { name: 'Quality' }).click()
  await expect(window.getByRole('heading', { name: 'Not checked yet' })).toBeVisible({
    timeout: 60_000,
  })
  await expectAccessible(window)

  await test.step('the check tells how it goes and what it found', async () => {
    await window.getByRole('button', { name: 'Check the films' }).click()
    await expect(kinds(window).getByRole('button', { name: /Identical films/ })).toBeVisible({
      timeout: 120_000,
    })
    await expect(films(window).getByRole('option')).toHaveCount(2)
    await expect(
      window.getByText('2 films with the same pixels, in different classes'),
    ).toBeVisible()
    await takeScreenshots(app, window, 'quality')
    await expectAccessible(window)
  })

  await test.step('K keeps the chosen film and excludes its copy; Ctrl+Z takes both back', async () => {
    await films(window).focus()
    await window.keyboard.press('k')
    await expect(window.getByText('1 film excluded')).toBeVisible({ timeout: 60_000 })
    const excluded = async () => (await call(window, 'quality', { datasetId }))?.excluded
    expect(await excluded()).toBe(1)
    await expect(films(window).getByText('Excluded', { exact: true })).toBeVisible()
    await films(window).focus()
    await window.keyboard.press('Control+z')
    await expect(window.getByText('Undone: Duplicate: kept 1 film, excluded 1 film')).toBeVisible({ timeout: 60_000 }) // prettier-ignore
    expect(await excluded()).toBe(0)
  })

  await test.step('R moves the chosen film to the other class, and the counts follow', async () => {
    await films(window).focus()
    await window.keyboard.press('ArrowRight')
    await expect(films(window).getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true')
    await window.keyboard.press('r')
    await expect(films(window).getByText('Relabelled')).toBeVisible({ timeout: 60_000 })
    const counts = (await call(window, 'listDatasets'))[0]!.counts
    expect(counts.find(({ className }) => className === 'NORMAL')?.unassigned).toBe(5)
  })

  await test.step('another check measures nothing anew and remembers what was decided', async () => {
    await window.getByRole('button', { name: 'Check again' }).click()
    const known = async () => {
      const found = await call(window, 'quality', { datasetId })
      return found?.summary.known === found?.summary.films
    }
    await expect.poll(known, { timeout: 60_000 }).toBe(true)
    await expect(films(window).getByText('Relabelled')).toBeVisible({ timeout: 60_000 })
    await expect(kinds(window).getByRole('button', { name: /Identical films/ })).toBeVisible()
  })
})
