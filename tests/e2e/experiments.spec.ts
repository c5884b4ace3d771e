/** Experiments beside each other: the run table, its charts, what is saved, marked and deleted. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type ElectronApplication, type Page } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
import { call, engineReady, eventually, launch, temporaryFolder } from './launch.ts'
import { takeScreenshots } from './screenshots.ts'
import { makeSamples, startNetworks } from './trainModel.ts'

const go = (window: Page, place: string) =>
  window.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click()
const tab = (window: Page, name: string) => window.getByRole('tab', { name, exact: true }).click()
const table = (window: Page) => window.getByRole('grid', { name: 'Runs' })
const rowOf = (window: Page, name: string) => table(window).getByRole('row', { name })

/** What the next download is written to. */
async function download(app: ElectronApplication, fileName: string): Promise<string> {
  const path = join(temporaryFolder(), fileName)
  await app.evaluate(({ session }, to) => {
    session.defaultSession.removeAllListeners('will-download')
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(to))
  }, path)
  return path
}
const saved = (path: string) =>
  eventually(() => Promise.resolve(existsSync(path) ? readFileSync(path) : undefined))

test('runs stand side by side: what differs, one selection for table and charts, marks, export, delete', async () => {
  test.setTimeout(400_000)
  const launched = await launch()
  const { app, window } = launched
  await engineReady(window)
  await go(window, 'Experiments')
  await tab(window, 'Compare')
  await expect(window.getByRole('heading', { name: 'No run yet' })).toBeVisible()
  await expectAccessible(window)

  const datasetId = await makeSamples(window, 60)
  await startNetworks(window, datasetId, { epochs: 4 })
  await tab(window, 'Runs')
  await tab(window, 'Compare')

  await test.step('the table shows only the settings that differ', async () => {
    await expect(table(window).getByRole('columnheader', { name: 'Filters' })).toBeVisible()
    await expect(table(window).getByRole('columnheader', { name: 'Batch size' })).toBeHidden()
    await expect(rowOf(window, 'Eight filters')).toContainText('8 16')
    await window.getByRole('checkbox', { name: 'All settings' }).check()
    await expect(table(window).getByRole('columnheader', { name: 'Batch size' })).toBeVisible()
    await window.getByRole('checkbox', { name: 'All settings' }).uncheck()
  })

  await test.step('a column sorts, by the keyboard too', async () => {
    const header = table(window).getByRole('columnheader', { name: 'Parameters' })
    await header.getByRole('button').focus()
    await window.keyboard.press('Enter')
    await expect(header).toHaveAttribute('aria-sort', 'ascending')
    await expect(table(window).getByRole('row').last()).toContainText('Sixteen filters')
  })

  await test.step('keys and the pointer select, and the charts follow', async () => {
    await table(window).focus()
    await window.keyboard.press('Home')
    await window.keyboard.press('Shift+ArrowDown')
    await expect(window.getByText('2 runs selected', { exact: true })).toBeVisible()
    await window.keyboard.press('Control+a')
    await expect(window.getByText('4 runs selected', { exact: true })).toBeVisible()
    const chart = window.getByRole('img', { name: /^Validation accuracy\./ })
    await expect(chart).toHaveAttribute('aria-label', /Four filters: .*Eight filters: /)
    await rowOf(window, 'Sixteen filters').click({ position: { x: 120, y: 10 } })
    await expect(chart).not.toHaveAttribute('aria-label', /Eight filters/)
    await window.getByRole('button', { name: /^Eight filters: / }).click({ modifiers: ['Control'] })
    await expect(window.getByText('2 runs selected', { exact: true })).toBeVisible()
    await table(window).focus()
    await window.keyboard.press('Control+a')
    await takeScreenshots(app, window, 'compare')
    await expectAccessible(window)
  })

  await test.step('curves are drawn over minutes and on a logarithmic axis, and zoom', async () => {
    await window.getByRole('combobox', { name: 'Over' }).selectOption('minutes')
    await window.getByRole('checkbox', { name: 'Logarithmic' }).check()
    const chart = window.getByRole('img', { name: /^Validation loss\./ })
    await chart.scrollIntoViewIfNeeded()
    const box = (await chart.boundingBox())!
    await window.mouse.move(box.x + 120, box.y + 40)
    await window.mouse.down()
    await window.mouse.move(box.x + 240, box.y + 120, { steps: 4 })
    await window.mouse.up()
    await chart.focus()
    await window.keyboard.press('ArrowRight')
    await expect(window.getByText(/^Minutes of training \d/).first()).toBeVisible()
    await window.keyboard.press('Escape')
    await window.getByRole('img', { name: /^Training loss\./ }).scrollIntoViewIfNeeded()
    await window.getByRole('group', { name: /^Settings and results/ }).scrollIntoViewIfNeeded()
    await takeScreenshots(app, window, 'compare-plots')
    await expectAccessible(window)
  })

  await test.step('all values and each chart are saved, with their data', async () => {
    const csv = await download(app, 'runs.csv')
    await window.getByRole('button', { name: 'Save all values as CSV' }).click()
    const lines = (await saved(csv)).toString().trim().split('\r\n')
    expect(lines).toHaveLength(1 + 4 * 4)
    const save = async (item: string, fileName: string) => {
      const path = await download(app, fileName)
      await window.getByRole('button', { name: 'Save Accuracy against parameters' }).click()
      await window.getByRole('menuitem', { name: item }).click()
      return saved(path)
    }
    const svg = (await save('Save as SVG', 'chart.svg')).toString()
    expect(svg).toContain('<metadata>name,Parameters,Best validation accuracy,Pareto front')
    expect(svg).not.toContain('var(')
    const png = await save('Save as PNG', 'chart.png')
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
    expect((await save('Save the data as CSV', 'chart.csv')).toString()).toContain('Four filters,')
  })

  await test.step('runs are starred, tagged, noted and archived', async () => {
    await rowOf(window, 'Four filters').click({ position: { x: 120, y: 10 } })
    await window.keyboard.press('s')
    await expect(window.getByRole('button', { name: 'Star Four filters' })).toHaveAttribute(
      'aria-pressed',
      'true',
    )
    await window.getByRole('button', { name: 'Tags and note' }).click()
    await window.getByRole('combobox', { name: 'New tag' }).fill('small')
    await window.keyboard.press('Enter')
    await expect(window.getByRole('button', { name: 'Remove tag small' })).toBeVisible()
    await window.getByRole('textbox', { name: 'Note' }).fill('Fewest parameters')
    await expectAccessible(window)
    await window.getByRole('button', { name: 'Done' }).click()
    await expect(rowOf(window, 'Four filters')).toContainText('small')
    await expect(rowOf(window, 'Four filters')).toContainText('Fewest parameters')
    await rowOf(window, 'Repeat').click({ position: { x: 120, y: 10 } })
    await window.getByRole('button', { name: 'Archive', exact: true }).click()
    await expect(rowOf(window, 'Repeat')).toBeHidden()
    await window.getByRole('checkbox', { name: 'Archive (1)' }).check()
    await expect(rowOf(window, 'Repeat')).toBeVisible()
  })

  await test.step('a deletion says what it frees', async () => {
    await rowOf(window, 'Repeat').click({ position: { x: 120, y: 10 } })
    await window.keyboard.press('Delete')
    await expect(window.getByRole('alertdialog').or(window.getByRole('dialog'))).toContainText(
      /frees [\d.]+ (kB|MB)/,
    )
    await window.getByRole('button', { name: 'Delete 1 run' }).click()
    await expect(window.getByText(/^Deleted; .* freed\.$/)).toBeVisible()
    expect((await call(window, 'listRuns')).map(({ name }) => name)).not.toContain('Repeat')
  })
  await launched.close()
})

/** Runs in the page. */
const isDrawn = (picture: HTMLElement | SVGElement) =>
  picture instanceof HTMLImageElement && picture.complete && picture.naturalWidth > 0

async function setNumber(window: Page, label: string, value: number) {
  const field = window.getByRole('spinbutton', { name: label, exact: true })
  await field.fill(String(value))
  await field.blur()
}

test('a network is typed in notation, trained, and looked into: its predictions and its layers', async () => {
  test.setTimeout(400_000)
  const launched = await launch()
  const { app, window } = launched
  await engineReady(window)
  await makeSamples(window, 60)
  await go(window, 'Experiments')

  await test.step('the table of layers follows what is typed, and a mistake is marked where it stands', async () => {
    await tab(window, 'Notation')
    const text = window.getByRole('textbox', { name: 'Network in notation' })
    await expect(window.getByRole('cell', { name: /^conv2d/ })).toHaveCount(4)
    await setNumber(window, 'Height', 64)
    await setNumber(window, 'Width', 64)
    await window.getByRole('combobox', { name: 'Films are read as' }).selectOption('Grey')
    await text.fill('C: 8n 8 d¼ D: 16R')
    await expect(window.getByRole('cell', { name: /^conv2d/ })).toHaveCount(2)
    await expect(window.getByRole('cell', { name: /^batchNormalization/ })).toHaveCount(1)
    await takeScreenshots(app, window, 'notation')
    await expectAccessible(window)
    await text.fill('C: 8n 8q d¼ D: 16R')
    await expect(text).toHaveAttribute('aria-invalid', 'true')
    await expect(window.getByText(/^Character 8: /)).toBeVisible()
    await expect(window.getByRole('button', { name: 'Start training' })).toBeDisabled()
    await expectAccessible(window)
  })

  await test.step('it trains under its own notation', async () => {
    await window.getByRole('textbox', { name: 'Network in notation' }).fill('C: 8n 8 d¼ D: 16R')
    await window
      .getByRole('combobox', { name: 'How pixels become input' })
      .selectOption('standardise')
    await setNumber(window, 'Epochs', 3)
    await setNumber(window, 'Batch size', 8)
    await window.getByRole('button', { name: 'Start training' }).click()
    await expect(window.getByRole('heading', { name: /^Best epoch \d$/ })).toBeVisible({
      timeout: 120_000,
    })
    const [run] = await call(window, 'listRuns')
    expect(run?.recipe).toBe('C: 8n 8 d¼ D: 16R')
  })

  await test.step('its films are shown with their predictions, the most wrong first', async () => {
    await window.getByRole('combobox', { name: 'Films', exact: true }).selectOption('all')
    await window.getByRole('button', { name: 'Score 60 films' }).click()
    await expect(window.getByText(/of 60 scored films called wrongly/)).toBeVisible({
      timeout: 60_000,
    })
    await expect(window.getByText(/^is (NORMAL|PNEUMONIA) · called/)).toHaveCount(24)
    await window.getByRole('heading', { name: 'Predictions' }).scrollIntoViewIfNeeded()
    await window.getByRole('button', { name: 'Show more films' }).scrollIntoViewIfNeeded()
    await takeScreenshots(app, window, 'predictions')
    await expectAccessible(window)
  })

  await test.step('feature maps, filters and what excites a channel are drawn', async () => {
    await window.getByRole('heading', { name: 'Inside the network' }).click()
    const last = window.getByRole('img', { name: 'Channel 8 of 8' })
    for (const kind of ['maps', 'filters', 'maximise']) {
      await window.getByRole('combobox', { name: 'Show' }).selectOption(kind)
      await expect(window.getByText('Drawing…')).toBeHidden({ timeout: 60_000 })
      await expect.poll(() => last.evaluate(isDrawn)).toBe(true)
      await last.scrollIntoViewIfNeeded()
      if (kind !== 'filters') await takeScreenshots(app, window, `layers-${kind}`)
    }
    await expectAccessible(window)
  })
  await launched.close()
})
