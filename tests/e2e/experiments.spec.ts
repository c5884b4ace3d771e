/** Experiments beside each other: the run table, its charts, what is saved, marked and deleted. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type ElectronApplication, type Page } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
import {
  answerOpenDialogs,
  answerSaveDialogs,
  call,
  engineReady,
  eventually,
  go,
  launch,
  temporaryFolder,
} from './launch.ts'
import { takeScreenshots } from './screenshots.ts'
import { makeSamples, startNetworks } from './trainModel.ts'

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

  await test.step('it is packed into one file that can be verified, as a job', async () => {
    const path = join(temporaryFolder(), 'run.zip')
    await answerSaveDialogs(app, null)
    await window.getByRole('button', { name: 'Export capsule…' }).click()
    await answerSaveDialogs(app, path)
    await window.getByRole('button', { name: 'Export capsule…' }).click()
    const zip = await eventually(
      () => Promise.resolve(existsSync(path) ? readFileSync(path) : undefined),
      60_000,
    )
    expect(zip.subarray(0, 2).toString('latin1')).toBe('PK')
    const done = await eventually(async () => {
      const jobs = await call(window, 'listJobs', { limit: 10 })
      return jobs.find(({ kind, state }) => kind === 'capsule' && state.kind === 'done')?.state
    }, 60_000)
    expect(done).toMatchObject({ detail: '60 films with their hashes and scores' })
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

test('a sweep is written as a form or as YAML, trained, paused, killed, resumed and compared', async () => {
  test.setTimeout(500_000)
  const launched = await launch()
  const { app, window, library } = launched
  await engineReady(window)
  await makeSamples(window, 60)
  await go(window, 'Experiments')
  // By the keyboard alone: tabs follow the arrows.
  await window.getByRole('tab', { name: 'Runs', exact: true }).focus()
  await window.keyboard.press('ArrowRight')
  await window.keyboard.press('ArrowRight')
  const yaml = window.getByRole('textbox', { name: 'The same as YAML' })
  const field = (name: string) => window.getByRole('textbox', { name, exact: true })
  const start = window.getByRole('button', { name: 'Start sweep' })
  const plan = window.getByRole('region', { name: 'Planned configurations' })

  await test.step('form and YAML are one, and the plan follows both', async () => {
    await expect(window.getByText(/^4 configurations, 8 trainings, /)).toBeVisible()
    await field('Name').fill('Filters')
    await field('Input').fill('48x48x1')
    await field('Epochs').fill('40')
    await field('Batch size').fill('8')
    await field('Filters').fill('4, 8')
    await field('Dropout').fill('')
    await window.getByRole('group', { name: 'Batch normalisation' }).getByRole('checkbox', { name: 'on' }).check() // prettier-ignore
    await expect(yaml).toHaveValue(/filters: \[4, 8\]/)
    await expect(yaml).toHaveValue(/batchNorm: \[true\]/)
    await expect(plan.getByRole('row')).toHaveCount(3)
    await expect(window.getByText(/^2 configurations, 4 trainings, no ended training/)).toBeVisible() // prettier-ignore
    await takeScreenshots(app, window, 'sweep')
    await expectAccessible(window)
  })

  await test.step('a mistake is marked where it stands, in the text and in its field', async () => {
    const whole = await yaml.inputValue()
    await yaml.fill(whole.replace('epochs: 40', 'epochs: four'))
    await expect(window.getByText('Line 5, column 11: base.epochs: a number is expected')).toBeVisible() // prettier-ignore
    await expect(field('Epochs')).toHaveAttribute('aria-invalid', 'true')
    await expect(start).toBeDisabled()
    await window.getByRole('button', { name: 'Go there' }).click()
    const selected = await yaml.evaluate((area: HTMLTextAreaElement) =>
      area.value.slice(area.selectionStart, area.selectionEnd),
    )
    expect(selected).toBe('four')
    await takeScreenshots(app, window, 'sweep-mistake')
    await expectAccessible(window)
    await yaml.fill(`${whole}halving: { keep: 0.5, epochs: 20 }\n`)
    await expect(window.getByText('Halving: 2 configurations to epoch 20, 1 to epoch 40')).toBeVisible() // prettier-ignore
  })

  const sweepStatus = window.getByRole('status').filter({ hasText: /trainings? complete/ })

  await test.step('it is paused, and its finished epochs are kept', async () => {
    await start.click()
    await expect(window.getByRole('heading', { name: 'Filters', exact: true })).toBeVisible()
    await expect(sweepStatus).toContainText(/Now Filters 1: .*: Epoch \d+ of 40/, {
      timeout: 60_000,
    })
    await window.getByRole('button', { name: 'Pause' }).click()
    await expect(window.getByRole('button', { name: 'Resume' })).toBeVisible({ timeout: 60_000 })
    await expect(window.getByRole('navigation', { name: 'Places' })).toBeVisible()
    await takeScreenshots(app, window, 'sweep-paused')
    await expectAccessible(window)
  })

  await test.step('a window that dies while it trains leaves a sweep that goes on', async () => {
    await window.getByRole('button', { name: 'Resume' }).click()
    await expect(sweepStatus).toContainText(/Now Filters/, { timeout: 60_000 })
    app.process().kill('SIGKILL')
    await app.waitForEvent('close')
  })

  const again = await launch({ library })
  const page = again.window
  await engineReady(page)
  // The palette finds a sweep by its name, from the page of runs as well.
  await go(page, 'Experiments')
  await expect(page.getByRole('region', { name: 'Runs' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find' }).fill('sweep filters')
  await page.keyboard.press('Enter')
  await test.step('after the crash it is resumed to its end: one dropped, one complete', async () => {
    const entry = page.getByRole('region', { name: 'Sweeps' }).getByRole('button', { name: /^Filters/ }) // prettier-ignore
    await expect(entry).toContainText('Interrupted')
    await expect(page.getByText('The sweep was interrupted')).toBeVisible()
    await page.getByRole('spinbutton', { name: 'Priority' }).fill('5')
    await page.getByRole('spinbutton', { name: 'Priority' }).blur()
    await page.getByRole('button', { name: 'Resume' }).click()
    const ended = page
      .getByRole('status')
      .filter({ hasText: '2 of 4 trainings complete, 2 dropped' })
    await expect(ended).toBeVisible({ timeout: 240_000 })
    const table = page.getByRole('region', { name: 'Configurations', exact: true })
    await expect(table.getByText('Dropped', { exact: true })).toBeVisible()
    await expect(table.getByText(/^\d\.\d{3} ± \d\.\d{3}$/).first()).toBeVisible()
    await table.getByRole('button', { name: /^Trainings of 1, / }).click()
    await expect(table.getByRole('button', { name: /seed 2$/ })).toBeVisible()
    const [kept] = await call(page, 'listSweeps')
    expect(kept).toMatchObject({ name: 'Filters', priority: 5, state: 'ended', progress: 1 })
    await takeScreenshots(again.app, page, 'sweep-ended')
    await expectAccessible(page)
  })

  await test.step('its table is saved, and its runs are compared, repeats joined', async () => {
    const csv = await download(again.app, 'sweep.csv')
    await page.getByRole('button', { name: 'Save the table as CSV' }).click()
    expect((await saved(csv)).toString().trim().split('\r\n')).toHaveLength(3)
    await page.getByRole('button', { name: 'Compare runs' }).click()
    await expect(table(page).getByRole('row')).toHaveCount(5)
    await page.getByRole('checkbox', { name: 'Join repeats' }).check()
    await expect(table(page).getByRole('row')).toHaveCount(3)
    await expect(table(page).getByRole('row').nth(1)).toContainText(/\d ± \d/)
    await takeScreenshots(again.app, page, 'sweep-compared')
    await expectAccessible(page)
  })

  await test.step('it is deleted with its runs', async () => {
    await tab(page, 'Sweeps')
    await page.getByRole('region', { name: 'Sweeps' }).getByRole('button', { name: /^Filters/ }).click() // prettier-ignore
    await page.getByRole('button', { name: 'Delete the sweep' }).click()
    await page.getByRole('button', { name: 'Delete sweep' }).click()
    await expect(page.getByText(/^Deleted; .* freed\.$/)).toBeVisible()
    expect(await call(page, 'listRuns')).toEqual([])
  })
  await again.close()
})

/**
 * Pictures of three classes as MNIST's files hold them: a bright bar on the left, in the middle or on the right. None of one
 * part equals one of the other, which would be a leak.
 */
function writeBars(folder: string, part: 'train' | 't10k', count: number): void {
  const header = (...sizes: number[]) => {
    const bytes = Buffer.alloc(4 + 4 * sizes.length)
    bytes.set([0, 0, 8, sizes.length])
    sizes.forEach((size, place) => bytes.writeUInt32BE(size, 4 + 4 * place))
    return bytes
  }
  const shift = part === 'train' ? 0 : 1
  const pictures = Buffer.alloc(count * 28 * 28)
  for (let place = 0; place < pictures.length; place++) {
    const [picture, column] = [Math.floor(place / 784), place % 28]
    const isBar = Math.floor(column / 9.4) === picture % 3
    pictures[place] = (isBar ? 180 : 20) + ((picture * 37 + place * 11 + shift) % 60)
  }
  const labels = Buffer.from(Array.from({ length: count }, (_, picture) => picture % 3))
  writeFileSync(join(folder, `${part}-images-idx3-ubyte`), Buffer.concat([header(count, 28, 28), pictures])) // prettier-ignore
  writeFileSync(join(folder, `${part}-labels-idx1-ubyte`), Buffer.concat([header(count), labels]))
}

test('three classes from idx files are trained, told class by class, and read with a probability each', async () => {
  test.setTimeout(300_000)
  const launched = await launch()
  const { app, window } = launched
  await engineReady(window)
  const folder = temporaryFolder()
  writeBars(folder, 'train', 90)
  writeBars(folder, 't10k', 30)
  await go(window, 'Datasets')
  await answerOpenDialogs(app, [folder])
  await window.getByRole('button', { name: 'Import a folder' }).first().click()
  await window.getByRole('button', { name: 'Import 120 films' }).click({ timeout: 60_000 })
  const { id: datasetId } = await eventually(async () => {
    const [made] = await call(window, 'listDatasets')
    return made?.images === 120 ? made : undefined
  }, 60_000)

  await go(window, 'Experiments')
  await window.getByRole('radio', { name: /digits/ }).check({ force: true })
  await expect(window.getByText('The last layer is made for the 3 classes')).toBeVisible()
  await setNumber(window, 'Epochs', 2)
  await setNumber(window, 'Batch size', 16)
  await window.getByRole('button', { name: 'Start training' }).click()
  await expect(window.getByRole('heading', { name: /^Best epoch \d$/ })).toBeVisible({
    timeout: 120_000,
  })
  const figures = window.getByRole('table', { name: 'Test films, class by class' })
  await expect(figures.getByRole('row')).toHaveCount(4)
  await expect(figures.getByRole('row').nth(3)).toContainText(/^2\s*10\s*\d\.\d{3} \(/)
  await figures.scrollIntoViewIfNeeded()
  await takeScreenshots(app, window, 'classes')
  await expectAccessible(window)

  const { images } = await call(window, 'images', { datasetId, filter: {}, offset: 0, limit: 1 })
  await call(window, 'openImages', { imageIds: images.map(({ id }) => id) })
  await window.getByRole('button', { name: 'Open in Review with this model' }).click()
  await expect(window.getByTitle(/^[01]\.\d{6}$/)).toHaveCount(3, { timeout: 60_000 })
  await launched.close()
})
