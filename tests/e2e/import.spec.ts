/** Films and a table of labels become a data set: the table is understood, corrected and followed row by row. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
import { writeFilm } from './films.ts'
import { answerOpenDialogs, call, engineReady, go, launch, temporaryFolder } from './launch.ts'
import { takeScreenshots } from './screenshots.ts'

/** Of small Cyrillic letters and ASCII. */
const windows1251 = (text: string) =>
  Buffer.from(
    text.replace(/[а-я]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x350)),
    'latin1',
  )

test('films with a table are imported as the preview said, and refused rows are listed', async () => {
  test.setTimeout(240_000)
  const launched = await launch()
  const { app, window } = launched
  await engineReady(window)
  const folder = join(temporaryFolder(), 'clinic')
  mkdirSync(join(folder, 'films'), { recursive: true })
  for (let n = 1; n <= 12; n++) {
    await writeFilm(window, join(folder, 'films'), `film-${n}.jpg`, { haze: (n % 2) * 0.9 })
  }
  const rows = Array.from({ length: 12 }, (_, at) => {
    const n = at + 1
    return `film-${n}.jpg;${n % 2 ? 'Pneumonia' : 'Normal'};${n % 3 ? 'ясно' : 'неясно'};p${Math.ceil(n / 2)};${n > 8 ? 'test' : 'train'};${30 + n}`
  })
  rows.push('film-99.jpg;Normal;ясно;p9;train;40', '../secret.jpg;Normal;ясно;p9;train;40')
  const text = `sep=;\r\nFile name;Diagnosis;Reader;Patient;Split;Age\r\n${rows.join('\r\n')}\r\n`
  writeFileSync(join(folder, 'labels.csv'), windows1251(text))

  await go(window, 'Datasets')
  await answerOpenDialogs(app, [folder])
  await window.getByRole('button', { name: 'Import a folder' }).first().click()
  const dialog = window.getByRole('dialog')

  await test.step('the table that lies in the folder is offered and understood', async () => {
    await dialog.getByRole('button', { name: 'labels.csv' }).click()
    const table = dialog.getByRole('region', { name: 'Table of labels' })
    await expect(table).toContainText('14 rows', { timeout: 60_000 })
    await expect(table.getByLabel('What File name means')).toHaveValue('film')
    await expect(table.getByLabel('What Diagnosis means')).toHaveValue('label')
    await expect(table.getByLabel('What Reader means')).toHaveValue('none')
    await expect(dialog.getByRole('row', { name: /^labels.csv, line 15/ })).toContainText('film-99.jpg') // prettier-ignore
    await expect(dialog.getByRole('row', { name: /^labels.csv, line 16/ })).toContainText('leads outside') // prettier-ignore
  })

  await test.step('a person says how its text is encoded', async () => {
    const encoding = dialog.getByRole('combobox', { name: 'Encoding' })
    await expect(encoding).toHaveValue('Windows-1252')
    await expect(dialog.getByRole('row', { name: /^Reader/ })).toContainText('ÿñíî, íåÿñíî')
    await encoding.selectOption('Windows-1251')
    await expect(dialog.getByRole('row', { name: /^Reader/ })).toContainText('ясно, неясно')
    await takeScreenshots(app, window, 'import-table')
    await expectAccessible(window)
  })

  await test.step('a person says that another column holds the classes, and takes it back', async () => {
    await dialog.getByLabel('What Reader means').selectOption('label')
    await expect(dialog.getByRole('checkbox', { name: /неясно/ })).toBeVisible({ timeout: 60_000 })
    await expect(dialog.getByLabel('What Diagnosis means')).toHaveValue('none')
    await dialog.getByLabel('What Diagnosis means').selectOption('label')
    await expect(dialog.getByRole('checkbox', { name: /Pneumonia/ })).toBeVisible({ timeout: 60_000 }) // prettier-ignore
  })

  await test.step('what is imported is what the preview said', async () => {
    await dialog.getByRole('button', { name: 'Import 12 films' }).click()
    await expect(window.getByText(/^12 films · 6 patients/)).toBeVisible({ timeout: 60_000 })
    const [dataset] = await call(window, 'listDatasets')
    expect(dataset).toMatchObject({ classes: ['Normal', 'Pneumonia'], images: 12, refused: 2 })
    await window.getByRole('tab', { name: 'Contents' }).click()
    await expect(window.getByRole('row', { name: /^labels.csv, line 16/ })).toContainText('leads outside') // prettier-ignore
    await takeScreenshots(app, window, 'import-refused')
    await expectAccessible(window)
    expect(await call(window, 'listHalfImports')).toEqual([])
  })
  await launched.close()
})
