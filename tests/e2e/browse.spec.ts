/** The browser of films: many changed at once and taken back, tags, a saved view, two films compared. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
import { writeFilm } from './films.ts'
import { answerOpenDialogs, call, engineReady, eventually, go, launch, temporaryFolder } from './launch.ts' // prettier-ignore
import { takeScreenshots } from './screenshots.ts'

const grid = (window: Page) => window.getByRole('listbox', { name: 'Films', exact: true })
const film = (window: Page, at: number) => grid(window).getByRole('option').nth(at)
const filter = (window: Page) => window.getByRole('complementary', { name: 'Filter' })
const bulk = (window: Page) => window.getByRole('toolbar', { name: 'Change the selected films' })
const told = (window: Page, text: string) =>
  expect(window.getByRole('status').filter({ hasText: text })).toBeVisible({ timeout: 60_000 })
/** A facet's box with its count. */
const facet = (window: Page, name: string) => filter(window).getByRole('checkbox', { name })

async function importFilms(window: Page): Promise<string> {
  const folder = join(temporaryFolder(), 'Ward films')
  for (const [name, first, haze] of [
    ['NORMAL', 1, 0],
    ['PNEUMONIA', 5, 0.6],
  ] as const) {
    // prettier-ignore
    mkdirSync(join(folder, name), { recursive: true })
    for (let n = first; n < first + 4; n++) {
      await writeFilm(window, join(folder, name), `person${n - (n % 2)}_virus_${n}.jpg`, {
        haze: haze + n / 30,
      })
    }
  }
  return folder
}

test('films are changed at once and taken back, tagged, found again by a view, and compared', async () => {
  test.setTimeout(240_000)
  const first = await launch()
  await engineReady(first.window)
  await answerOpenDialogs(first.app, [await importFilms(first.window)])
  const source = (await call(first.window, 'chooseSource', { kind: 'folder' }))!
  const { previewId } = await call(first.window, 'previewImport', { source: source.token })
  await call(first.window, 'startImport', { previewId, name: 'Ward films' })
  const datasetId = await eventually(async () => (await call(first.window, 'listDatasets'))[0]?.id, 60_000) // prettier-ignore
  const { window } = first
  await go(window, 'Datasets')
  await expect(grid(window).getByRole('option')).toHaveCount(8, { timeout: 60_000 })

  await test.step('three films get a class and a part in two steps; keys take both back and do them again', async () => {
    await film(window, 0).click()
    await film(window, 2).click({ modifiers: ['Shift'] })
    await told(window, '3 films selected')
    await bulk(window).getByLabel('Give the selected films a class').selectOption('PNEUMONIA')
    await expect(facet(window, 'PNEUMONIA 7')).toBeVisible({ timeout: 60_000 })
    await bulk(window).getByLabel('Move the selected films to a part').selectOption('test')
    await expect(facet(window, 'Test 3')).toBeVisible({ timeout: 60_000 })
    await grid(window).focus()
    await window.keyboard.press('Control+z')
    await expect(facet(window, 'Test 3')).toBeHidden({ timeout: 60_000 })
    await window.keyboard.press('Control+z')
    await expect(facet(window, 'PNEUMONIA 4')).toBeVisible({ timeout: 60_000 })
    await window.keyboard.press('Control+y')
    await expect(facet(window, 'PNEUMONIA 7')).toBeVisible({ timeout: 60_000 })
    await window.keyboard.press('Control+Shift+z')
    await expect(facet(window, 'Test 3')).toBeVisible({ timeout: 60_000 })
  })

  await test.step('a tag is given, and the films that carry it are kept as a view', async () => {
    await bulk(window).getByLabel('Tag for the selected films').fill('second look')
    await bulk(window).getByRole('button', { name: 'Add' }).click()
    await expect(facet(window, 'second look 3')).toBeVisible({ timeout: 60_000 })
    await facet(window, 'second look 3').check()
    await told(window, '3 films')
    await filter(window).getByLabel('Name of a new view').fill('To discuss')
    await filter(window).getByRole('button', { name: 'Save' }).click()
    await filter(window).getByRole('button', { name: 'Clear filter' }).click()
    await told(window, '8 films')
    await filter(window).getByRole('button', { name: 'To discuss', exact: true }).click()
    await told(window, '3 films')
  })

  await test.step('a note is written by a key and found by the search', async () => {
    await film(window, 1).click()
    await window.keyboard.press('n')
    const dialog = window.getByRole('dialog', { name: 'Note on 1 film' })
    await dialog.getByLabel('Note').fill('Left base: ask the second reader')
    await takeScreenshots(first.app, window, 'datasets-note')
    await expectAccessible(window)
    await window.keyboard.press('Control+Enter')
    await expect(film(window, 1)).toHaveAttribute('title', /Note: Left base/, { timeout: 60_000 })
    await window.getByRole('searchbox', { name: /notes/ }).fill('second reader')
    await told(window, '1 film')
    await window.getByRole('searchbox', { name: /notes/ }).fill('')
    await told(window, '3 films')
  })

  await test.step('X leaves a film out, Shift+X takes it in again', async () => {
    await film(window, 0).click()
    await window.keyboard.press('x')
    await expect(film(window, 0)).toHaveAccessibleName(/excluded/, { timeout: 60_000 })
    await grid(window).focus()
    await window.keyboard.press('Shift+X')
    await expect(film(window, 0)).not.toHaveAccessibleName(/excluded/, { timeout: 60_000 })
    expect((await call(window, 'listDatasets'))[0]!.excluded).toBeUndefined()
  })

  await test.step('all these keys stand in the table of keys', async () => {
    await window.keyboard.press('?')
    const keys = window.getByRole('dialog', { name: 'Keys and mouse' })
    await expect(keys.getByText('Exclude the selected films')).toBeVisible()
    await expect(keys.getByText('Write a note on them')).toBeVisible()
    await window.keyboard.press('Escape')
    await expect(keys).toBeHidden()
  })

  await test.step('two films stand side by side with what differs', async () => {
    await filter(window).getByRole('button', { name: 'Clear filter' }).click()
    await told(window, '8 films')
    await film(window, 0).click()
    await film(window, 5).click({ modifiers: ['Control'] })
    await told(window, '2 films selected')
    await expect(facet(window, '2–4 films 6')).toBeVisible()
    await takeScreenshots(first.app, window, 'datasets-bulk')
    await expectAccessible(window)
    await window.keyboard.press('c')
    const dialog = window.getByRole('dialog', { name: 'Two films side by side' })
    await expect(dialog.getByRole('img', { name: /person0_virus_1/ })).toBeVisible()
    await expect(dialog.getByRole('row', { name: /^Part/ })).toContainText('Test')
    await takeScreenshots(first.app, window, 'datasets-compare')
    await expectAccessible(window)
    await dialog.getByRole('button', { name: 'Open both in Review' }).click()
    await expect(window.getByRole('heading', { name: 'Review' })).toBeVisible()
    expect((await call(window, 'worklist')).length).toBe(2)
  })
  await first.close()

  await test.step('after a restart the view is there, and the last change can still be taken back', async () => {
    const again = await launch({ library: first.library })
    await go(again.window, 'Datasets')
    await filter(again.window).getByRole('button', { name: 'To discuss', exact: true }).click({ timeout: 60_000 }) // prettier-ignore
    await told(again.window, '3 films')
    await again.window.getByRole('button', { name: /^Take back \(Ctrl\+Z\): Included 1 film/ }).click() // prettier-ignore
    await expect(film(again.window, 0)).toHaveAccessibleName(/excluded/, { timeout: 60_000 })
    await filter(again.window).getByRole('button', { name: 'Delete the view To discuss' }).click()
    await expect(filter(again.window).getByRole('button', { name: 'To discuss', exact: true })).toBeHidden() // prettier-ignore
    expect(await call(again.window, 'savedViews', { datasetId })).toEqual([])
    await again.close()
  })
})
