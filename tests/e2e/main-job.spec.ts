/** The main job as a person does it: films in, a network trained, a probability read; and what may go wrong. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test, type ElectronApplication, type Page } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
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
import { makeSamples } from './trainModel.ts'

const chestXray = resolve(__dirname, '../../../shared/chest-xray')

const films = (window: Page) => window.getByRole('listbox', { name: 'Films' })

async function setNumber(window: Page, label: string, value: number) {
  const field = window.getByRole('spinbutton', { name: label, exact: true })
  await field.fill(String(value))
  await field.blur()
}

/** Enough for the tutorial network to learn what the 400 sample films show. */
const epochs = 8

/** Runs in the page. */
const isDrawn = (picture: HTMLElement | SVGElement) =>
  picture instanceof HTMLImageElement && picture.complete && picture.naturalWidth > 0

/** The process that trains, as the operating system knows it. */
async function workEngine(app: ElectronApplication): Promise<number> {
  const pid = await app.evaluate(
    ({ app: program }) =>
      program
        .getAppMetrics()
        .find(({ name, serviceName }) => [name, serviceName].includes('Pneumoscope work'))?.pid,
  )
  if (pid === undefined) throw new Error('No engine for long work runs')
  return pid
}

test('from a fresh library to a verdict: films, grid, sheet, training, curves, probability', async () => {
  test.setTimeout(600_000)
  const launched = await launch()
  const { app, window } = launched

  await test.step('the welcome makes sample films, and the page shows them when they are there', async () => {
    await window.getByRole('button', { name: /Try with generated sample films/ }).click()
    await expect(window.getByRole('heading', { name: 'Datasets' })).toBeVisible()
    await expect(films(window).getByRole('option').first()).toBeVisible({ timeout: 120_000 })
    await expect(window.getByText('Synthetic', { exact: true }).first()).toBeVisible()
    await expect(window.getByText(/^400 films · \d+ patients/)).toBeVisible()
  })

  await test.step('the grid filters, and arrow keys and Shift select', async () => {
    await window.getByRole('checkbox', { name: /NORMAL/ }).check()
    await expect(window.getByText('200 films', { exact: true })).toBeVisible()
    await window.getByRole('button', { name: 'Clear filter' }).click()
    await expect(window.getByText('400 films', { exact: true })).toBeVisible()
    await films(window).focus()
    await window.keyboard.press('ArrowRight')
    await window.keyboard.press('Shift+ArrowRight')
    await expect(window.getByText('2 films selected')).toBeVisible()
    await takeScreenshots(app, window, 'datasets')
    await expectAccessible(window)
  })

  await test.step('the sample sheet shows each class and can be saved', async () => {
    await window.getByRole('tab', { name: 'Sample sheet' }).click()
    await expect(window.getByRole('region', { name: 'PNEUMONIA' }).locator('img')).toHaveCount(6)
    await window.getByRole('button', { name: 'Reshuffle' }).click()
    await expect(window.getByRole('spinbutton', { name: 'Seed' })).toHaveValue('2')
    await takeScreenshots(app, window, 'sample-sheet')
    await expectAccessible(window)
    const path = join(temporaryFolder(), 'sheet.png')
    await app.evaluate(({ session }, to) => {
      session.defaultSession.on('will-download', (_event, item) => item.setSavePath(to))
    }, path)
    await window.getByRole('button', { name: 'Save as PNG' }).click()
    const png = await eventually(() =>
      Promise.resolve(existsSync(path) ? readFileSync(path) : undefined),
    )
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
    await window.getByRole('tab', { name: 'Contents' }).click()
    await expect(window.getByRole('row', { name: /All/ })).toContainText('400')
    await takeScreenshots(app, window, 'dataset-contents')
    await expectAccessible(window)
  })

  await test.step('a new run shows the tutorial network before it starts', async () => {
    await window.getByRole('button', { name: 'Train on it' }).click()
    await expect(window.getByRole('cell', { name: '11,169,089' })).toBeVisible()
    await setNumber(window, 'Epochs', epochs)
    await takeScreenshots(app, window, 'new-run')
    await expectAccessible(window)
  })

  await test.step('films are shown as the settings would augment them', async () => {
    await setNumber(window, 'Rotation', 30)
    const last = window.getByRole('img', { name: 'Augmented film 6 of 6' })
    await last.scrollIntoViewIfNeeded()
    await expect.poll(() => last.evaluate(isDrawn)).toBe(true)
    const before = await last.getAttribute('src')
    await window.getByRole('button', { name: 'Draw again' }).click()
    await expect(last).not.toHaveAttribute('src', before!)
    await expect.poll(() => last.evaluate(isDrawn)).toBe(true)
    await takeScreenshots(app, window, 'augmentation')
    await expectAccessible(window)
    await setNumber(window, 'Rotation', 0)
    await window.getByRole('button', { name: 'Start training' }).click()
  })

  await test.step('curves grow while it trains, and the best epoch is kept', async () => {
    await expect(window.getByText(/^Epoch [3-8] of 8$/).first()).toBeVisible({ timeout: 120_000 })
    await expect(window.getByRole('img', { name: /^Loss\./ })).toBeVisible({ timeout: 60_000 })
    await takeScreenshots(app, window, 'training')
    await expectAccessible(window)
    await expect(window.getByRole('heading', { name: /^Best epoch [1-8]$/ })).toBeVisible({
      timeout: 300_000,
    })
    await expect(window.getByRole('img', { name: /^Loss\. .*Validation: from/ })).toBeVisible()
    await takeScreenshots(app, window, 'run')
    await expectAccessible(window)
  })

  await test.step('the model has a card that says what it is not for', async () => {
    await window.getByRole('button', { name: 'Show the model' }).click()
    await expect(window.getByText('Research use only. Not a medical device.')).toBeVisible()
    await expect(window.getByText('Trained on generated films')).toBeVisible()
    await takeScreenshots(app, window, 'models')
    await expectAccessible(window)
  })

  await test.step('a film opened in Review has its probability', async () => {
    await go(window, 'Datasets')
    await expect(films(window).getByRole('option').first()).toBeVisible()
    await films(window).focus()
    await window.keyboard.press('End')
    await window.keyboard.press('Enter')
    await expect(window.getByTestId('score')).toHaveText(/^[\d.]+ %$/, { timeout: 30_000 })
  })

  await test.step('everything that ran is listed', async () => {
    await go(window, 'Activity')
    await expect(window.getByRole('row', { name: /Training/ })).toContainText('Done')
    await takeScreenshots(app, window, 'activity')
    await expectAccessible(window)
  })
  await launched.close()
})

test('an engine killed while it trains takes nothing along: the run says why and goes on', async () => {
  test.setTimeout(300_000)
  const launched = await launch()
  const { app, window } = launched
  await engineReady(window)
  await makeSamples(window, 80)
  await go(window, 'Experiments')
  await expect(window.getByRole('cell', { name: '11,169,089' })).toBeVisible()
  await setNumber(window, 'Epochs', 6)
  await setNumber(window, 'Batch size', 16)
  await window.getByRole('button', { name: 'Start training' }).click()
  await expect(window.getByRole('rowheader', { name: /^1\b/ })).toBeVisible({ timeout: 120_000 })

  process.kill(await workEngine(app), 'SIGKILL')
  await expect(window.getByText('The training failed')).toBeVisible({ timeout: 15_000 })
  await expect(window.getByRole('alert')).toContainText('finished epoch')
  await takeScreenshots(app, window, 'engine-killed')

  await engineReady(window)
  await window.getByRole('button', { name: 'Resume' }).click()
  await expect(window.getByRole('heading', { name: /^Best epoch \d$/ })).toBeVisible({
    timeout: 200_000,
  })
  const [run] = await call(window, 'listRuns')
  expect(run?.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6])
  await launched.close()
})

test('a training can be stopped and keeps its best epoch, and what it made can be moved and deleted', async () => {
  test.setTimeout(200_000)
  const launched = await launch()
  const { app, window } = launched
  await engineReady(window)
  await makeSamples(window, 40)
  await go(window, 'Experiments')
  await expect(window.getByRole('cell', { name: '11,169,089' })).toBeVisible()
  await setNumber(window, 'Epochs', 500)
  await window.getByRole('button', { name: 'Start training' }).click()
  await expect(window.getByRole('rowheader', { name: /^1\b/ })).toBeVisible({ timeout: 120_000 })
  await window.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(window.getByRole('heading', { name: /^Best epoch \d+$/ })).toBeVisible({
    timeout: 60_000,
  })
  await expect(window.getByText('Stopped', { exact: true }).first()).toBeVisible()

  await test.step('its model is exported, deleted and imported again', async () => {
    await window.getByRole('button', { name: 'Show the model' }).click()
    const folder = temporaryFolder()
    await answerOpenDialogs(app, [folder])
    await window.getByRole('button', { name: 'Export' }).click()
    await expect(window.getByText(/^Exported/)).toBeVisible()
    await window.getByRole('button', { name: 'Delete the model' }).click()
    await window.getByRole('button', { name: 'Delete model' }).click()
    await expect(window.getByRole('article', { name: 'bundled' })).toBeVisible()
    await answerOpenDialogs(app, [join(folder, readdirSync(folder)[0]!)])
    await window.getByRole('button', { name: 'Import a model' }).first().click()
    await expect(window.getByRole('article')).toContainText('11,169,089')
  })

  await test.step('the data set is renamed and deleted; its originals would stay', async () => {
    await go(window, 'Datasets')
    await window.getByRole('button', { name: 'Rename' }).click()
    await window.getByRole('textbox', { name: 'Name' }).fill('Trial films')
    await window.keyboard.press('Enter')
    await expect(window.getByRole('region', { name: 'Trial films' })).toBeVisible()
    await window.getByRole('button', { name: 'Delete' }).click()
    await expect(window.getByRole('dialog')).toContainText('Runs and models trained on it stay.')
    await window.getByRole('button', { name: 'Delete data set' }).click()
    await expect(window.getByRole('heading', { name: 'No data set yet' })).toBeVisible()
  })
  await launched.close()
})

test('the 5,216 chest X-rays are imported and scroll, one epoch is trained, and a film is scored', async () => {
  test.skip(!existsSync(chestXray), 'The chest X-rays of ../shared are not here.')
  test.setTimeout(900_000)
  const launched = await launch()
  const { app, window } = launched
  await engineReady(window)
  await go(window, 'Datasets')
  await answerOpenDialogs(app, [chestXray])
  await window.getByRole('button', { name: 'Import a folder' }).first().click()
  const start = window.getByRole('button', { name: 'Import 5,216 films' })
  await expect(start).toBeEnabled({ timeout: 60_000 })
  await takeScreenshots(app, window, 'import')
  await expectAccessible(window)
  const startedAt = Date.now()
  await start.click()
  await expect(films(window).getByRole('option').first()).toBeVisible({ timeout: 200_000 })
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  write('import of 5,216 films', `${seconds} s`)

  await expect(window.getByText('5,216 films', { exact: true })).toBeVisible()
  const frames = await films(window).evaluate(scrollThrough)
  const told = `median ${frames.medianMs.toFixed(0)} ms, longest ${frames.longestMs.toFixed(0)} ms a frame`
  write('scrolling through 5,216 films', told)
  expect(await films(window).getByRole('option').count()).toBeLessThanOrEqual(200)
  await expect(window.getByText(/^person\d+_.*\.jpeg$/).last()).toBeVisible()

  await window.getByRole('button', { name: 'Train on it' }).click()
  await expect(window.getByRole('cell', { name: '11,169,089' })).toBeVisible()
  await setNumber(window, 'Epochs', 1)
  await window.getByRole('button', { name: 'Start training' }).click()
  await expect(window.getByRole('heading', { name: 'Best epoch 1' })).toBeVisible({
    timeout: 600_000,
  })
  const epoch = await window.getByRole('row', { name: /^1\b/ }).innerText()
  write('one epoch of 4,127 films', epoch.replace(/\s+/g, ' '))
  await window.getByRole('button', { name: 'Open in Review with this model' }).click()
  await go(window, 'Datasets')
  await films(window).focus()
  await window.keyboard.press('Enter')
  await expect(window.getByTestId('score')).toHaveText(/^[\d.]+ %$/, { timeout: 30_000 })
  await launched.close()
})

/** A figure to be read, not asserted. */
function write(what: string, figure: string) {
  test.info().annotations.push({ type: what, description: figure })
  process.stdout.write(`  ${what}: ${figure}\n`)
}

/** Runs in the page: scrolls to the end in 120 steps and measures the frames. */
async function scrollThrough(list: HTMLElement | SVGElement) {
  const times: number[] = []
  let last = performance.now()
  for (let step = 1; step <= 120; step++) {
    list.scrollTop = (list.scrollHeight * step) / 120
    await new Promise(requestAnimationFrame)
    const now = performance.now()
    times.push(now - last)
    last = now
  }
  times.sort((a, b) => a - b)
  return { medianMs: times[60] ?? NaN, longestMs: times.at(-1) ?? NaN }
}
