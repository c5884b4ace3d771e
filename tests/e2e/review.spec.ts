import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test, type ElectronApplication, type Page } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
import { dragFiles } from './dropFiles.ts'
import { writeFilm } from './films.ts'
import { answerOpenDialogs, answerSaveDialogs, call, launch, temporaryFolder } from './launch.ts'
import { takeScreenshots } from './screenshots.ts'
import { makeSamples, trainModel } from './trainModel.ts'

const subject = (window: Page) => window.locator('header .subject')
const list = (window: Page) => window.getByRole('listbox', { name: 'Films' })
const rows = (window: Page) => list(window).getByRole('option')
const film = (window: Page) => window.getByRole('region', { name: 'Film' })
const reading = (window: Page) => window.getByRole('region', { name: 'Reading' })

test('an empty library is welcomed, and a film opened there is scored by the model that ships', async () => {
  const launched = await launch()
  const { app, window } = launched
  await expect(window.getByRole('heading', { name: 'What it is not for' })).toBeVisible()
  await expectAccessible(window)
  await takeScreenshots(app, window, 'welcome')

  const folder = temporaryFolder()
  await answerOpenDialogs(app, [await writeFilm(window, folder, 'first.jpeg')])
  await window.getByRole('button', { name: 'Open an X-ray' }).click()
  await expect(subject(window)).toHaveText('first.jpeg')
  await expect(film(window)).toHaveAttribute('data-ms-to-film', /\d/)
  await expect(reading(window).getByTestId('score')).toHaveText(/^[\d.]+ %$/, { timeout: 60_000 })
  await expect(reading(window)).toContainText('Trained on Chest X-Ray Images (Pneumonia)')
  await expect(reading(window).getByTestId('probabilities')).toContainText('Calibrated probability')
  await takeScreenshots(app, window, 'first-film')

  await window.getByRole('button', { name: 'bundled', exact: true }).click()
  const card = window.getByRole('article', { name: 'bundled' })
  await expect(card).toContainText('children of one to five years from one hospital')
  await expect(card).toContainText('CC BY 4.0')
  await expectAccessible(window)
  await takeScreenshots(app, window, 'bundled-model')
  await card.getByRole('button', { name: 'Delete the model' }).click()
  await window.getByRole('button', { name: 'Delete model' }).click()
  await expect(window.getByText('This model belongs to the program and stays')).toBeVisible()
  await launched.close()
})

test('films are opened, looked at, judged, taken back and exported', async () => {
  const launched = await launch()
  const { app, window } = launched
  const folder = temporaryFolder()
  await trainModel(window, await makeSamples(window, 40), { recipe: 'small', epochs: 2 })
  const films: string[] = []
  for (const [index, haze] of [0, 1, 0.5].entries()) {
    films.push(await writeFilm(window, folder, `person${index + 1}_bacteria_1.jpeg`, { haze }))
  }
  const notes = join(folder, 'notes.txt')
  writeFileSync(notes, 'Not a film')

  await test.step('a dialog opens films and lists what it refused', async () => {
    await answerOpenDialogs(app, [...films.slice(0, 2), notes])
    await window.keyboard.press('Control+o')
    const refused = window.getByRole('dialog', { name: '1 file not opened' })
    await expect(refused.getByRole('cell', { name: 'notes.txt', exact: true })).toBeVisible()
    await window.keyboard.press('Escape')
    await expect(rows(window)).toHaveCount(2)
    await expect(subject(window)).toHaveText('person1_bacteria_1.jpeg')
  })

  await test.step('dragging shows where to drop, and a drop opens', async () => {
    const hint = window.getByText('Drop films or a folder to open them in Review')
    await dragFiles(window, films.slice(2), { drop: false })
    await expect(hint).toBeVisible()
    await dragFiles(window, films.slice(2), { drop: true })
    await expect(hint).toBeHidden()
    await expect(rows(window)).toHaveCount(3)
    await expect(subject(window)).toHaveText('person3_bacteria_1.jpeg')
  })

  await test.step('the score comes by itself, with its threshold, model and warnings', async () => {
    await expect(reading(window).getByTestId('score')).toHaveText(/^[\d.]+ %$/)
    await expect(reading(window)).toContainText(/(Above|Below) threshold/)
    await expect(reading(window)).toContainText('Raw score, not a calibrated probability.')
    await expect(reading(window)).toContainText('Trained on generated films')
    await expect(reading(window)).toContainText('Research use only. Not a medical device.')
  })

  await test.step('window, level and zoom follow the mouse', async () => {
    const window_ = film(window).getByTestId('window-level')
    await expect(window_).toContainText(/W \d+ · L \d+/)
    const before = await window_.innerText()
    const box = (await film(window).locator('canvas').boundingBox())!
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await window.mouse.move(x, y)
    await window.mouse.down()
    await window.mouse.move(x + 100, y + 40, { steps: 5 })
    await window.mouse.up()
    expect(await window_.innerText()).not.toBe(before)
    const zoom = film(window).getByTestId('zoom')
    const fit = await zoom.innerText()
    await window.mouse.dblclick(x, y)
    await expect(zoom).toHaveText('100 %')
    await window.mouse.dblclick(x, y)
    await expect(zoom).toHaveText(fit)
    await window.keyboard.press(' ')
    await expect(window_).toHaveText(before)
  })

  await test.step('the keys of the viewer do what they say', async () => {
    await window.keyboard.press('i')
    await expect(film(window)).toContainText('Inverted')
    await window.keyboard.press('h')
    await expect(film(window).getByText('FLIPPED', { exact: true })).toBeVisible()
    await window.keyboard.press('r')
    await expect(film(window)).toContainText('Turned 90°')
    await window.keyboard.press('o')
    await expect(film(window).getByTestId('zoom')).toBeHidden()
    await expect(film(window).getByText('FLIPPED', { exact: true })).toBeVisible()
    await window.keyboard.press('o')
    await window.keyboard.press(' ')
    await expect(film(window).getByText('FLIPPED', { exact: true })).toBeHidden()
    await window.keyboard.press('Home')
    await expect(subject(window)).toHaveText('person1_bacteria_1.jpeg')
    await window.keyboard.press('ArrowDown')
    await expect(subject(window)).toHaveText('person2_bacteria_1.jpeg')
    await window.keyboard.press('End')
    await expect(subject(window)).toHaveText('person3_bacteria_1.jpeg')
  })

  await test.step('a verdict goes on to the next film, and undo comes back', async () => {
    await window.keyboard.press('Home')
    await window.keyboard.press('p')
    await expect(subject(window)).toHaveText('person2_bacteria_1.jpeg')
    await window.keyboard.press('n')
    await expect(rows(window).nth(1)).toContainText('Your verdict: Normal')
    await window.keyboard.press('Control+z')
    await expect(subject(window)).toHaveText('person2_bacteria_1.jpeg')
    await expect(rows(window).nth(1)).not.toContainText('Your verdict')
    await window.getByLabel('Note', { exact: true }).fill('Lower left, =1+1')
    await window.keyboard.press('Escape')
    await expect
      .poll(async () => (await call(window, 'worklist')).map((item) => [item.verdict, item.note]))
      .toEqual([
        ['pneumonia', undefined],
        [undefined, 'Lower left, =1+1'],
        [undefined, undefined],
      ])
  })

  await test.step('the worklist is scored and exported', async () => {
    await window.keyboard.press('Control+Enter')
    await expect(window.getByRole('button', { name: 'All scored' })).toBeVisible()
    const csv = join(folder, 'worklist.csv')
    await answerSaveDialogs(app, csv)
    await window.keyboard.press('Control+e')
    await expect(window.getByText('The worklist is exported.')).toBeVisible()
    const table = readFileSync(csv, 'utf8')
    for (const path of films) expect(table).toContain(basename(path))
    expect(table).toContain('pneumonia')
  })

  await test.step('scores stay hidden until the verdict when the reader asks for it', async () => {
    await window.keyboard.press('End')
    await window.keyboard.press('Control+Shift+h')
    await expect(reading(window)).toContainText('Hidden until your verdict')
    await expect(reading(window).getByTestId('score')).toBeHidden()
    await window.keyboard.press('u')
    await expect(reading(window).getByTestId('score')).toBeVisible()
    await expect(subject(window)).toHaveText('person3_bacteria_1.jpeg')
    await window.keyboard.press('Control+Shift+h')
  })
  await launched.close()
})

test('the time from the click to the score is written down, for the tutorial network', async () => {
  const { films: source, ...launched } = await openMany()
  const { window } = launched
  const times: number[] = []
  // Every third film: those beside the one on the screen are scored ahead, this one is not.
  for (let position = 5; position <= 35; position += 3) {
    await list(window).evaluate((element, top) => (element.scrollTop = top), (position - 3) * 64)
    await list(window).locator(`[aria-posinset="${position}"]`).click()
    await expect(reading(window)).toHaveAttribute('data-ms-to-score', /\d/)
    times.push(Number(await reading(window).getAttribute('data-ms-to-score')))
  }
  const sorted = [...times].sort((a, b) => a - b)
  const line = `click to score, ${source}: median ${sorted[sorted.length >> 1]!} ms, worst ${sorted.at(-1)!} ms`
  test.info().annotations.push({ type: 'measured', description: line })
  console.log(line)

  await window.keyboard.press('Control+Shift+Delete')
  await window.getByRole('button', { name: 'Clear the worklist' }).last().click()
  await expect(window.getByRole('heading', { name: 'No films open' })).toBeVisible()
  await launched.close()
})

/** Forty real films where they are at hand, otherwise forty generated ones, and the tutorial network. */
async function openMany() {
  const launched = await launch()
  const { app, window } = launched
  const datasetId = await makeSamples(window, 40)
  await trainModel(window, datasetId, { recipe: 'pneumonia-vgg-lite', epochs: 1 })
  const real = join(__dirname, '../../../shared/chest-xray/train/PNEUMONIA')
  if (existsSync(real)) {
    const names = readdirSync(real).sort().slice(0, 40)
    await answerOpenDialogs(
      app,
      names.map((name) => join(real, name)),
    )
    await window.keyboard.press('Control+o')
  } else {
    await readDataset(window, datasetId)
  }
  await expect(reading(window).getByTestId('score')).toBeVisible()
  await expect(list(window)).toBeVisible()
  return { ...launched, films: existsSync(real) ? 'real films' : 'generated films' }
}

/** Sends all films of a data set to Review and goes there. */
async function readDataset(window: Page, datasetId: string) {
  const { images } = await call(window, 'images', { datasetId, filter: {}, offset: 0, limit: 1000 })
  await call(window, 'openImages', { imageIds: images.map(({ id }) => id) })
  await window.keyboard.press('Control+2')
  await window.keyboard.press('Control+1')
}

test('a data set’s films are read, marked as synthetic', async () => {
  const launched = await launch()
  const { app, window } = launched
  const datasetId = await makeSamples(window, 120)
  await trainModel(window, datasetId, { recipe: 'small', epochs: 8 })
  await readDataset(window, datasetId)
  await expect(film(window).getByText('SYNTHETIC', { exact: true })).toBeVisible()
  await window.keyboard.press('Control+Enter')
  await expect(window.getByRole('button', { name: 'All scored' })).toBeVisible()
  await window.getByLabel('Order', { exact: true }).selectOption('score')
  await window.keyboard.press('Home')
  await window.keyboard.press('p')
  await window.keyboard.press('p')
  await expectAccessible(window)
  await takeScreenshots(app, window, 'review')

  await test.step('when the engine dies, the film is read again without anyone’s help', async () => {
    await window.keyboard.press('Control+Shift+Delete')
    await window.getByRole('button', { name: 'Clear the worklist' }).last().click()
    const folder = temporaryFolder()
    const path = await writeFilm(window, folder, 'person9_virus_1.jpeg', { haze: 0.7 })
    await answerOpenDialogs(app, [path])
    await killEngines(app)
    await window.keyboard.press('Control+o')
    await expect(reading(window).getByTestId('score')).toBeVisible()
  })
  await launched.close()
})

/** As out of memory or a fault in a native library would. */
async function killEngines(app: ElectronApplication) {
  const killed = await app.evaluate(({ app: program }) => {
    const engines = program.getAppMetrics().filter(({ name }) => name?.startsWith('Pneumoscope'))
    engines.forEach(({ pid }) => process.kill(pid, 'SIGKILL'))
    return engines.length
  })
  expect(killed).toBeGreaterThan(0)
}

test('keys, palette and About are one key away and list what there is', async () => {
  const launched = await launch()
  const { app, window } = launched
  await window.keyboard.press('?')
  await expect(window.getByRole('dialog', { name: 'Keys and mouse' })).toContainText('Rotate right')
  await expectAccessible(window)
  await takeScreenshots(app, window, 'keys')
  await window.keyboard.press('Escape')
  await window.keyboard.press('Control+k')
  await window.getByRole('combobox', { name: 'Find' }).fill('about')
  await expectAccessible(window)
  await window.keyboard.press('Enter')
  await expect(window.getByRole('heading', { name: 'About Pneumoscope' })).toBeVisible()
  await launched.close()
})

test('a key pressed while a dialog still closes is obeyed', async () => {
  const launched = await launch()
  const { window } = launched
  await window.keyboard.press('?')
  await expect(window.getByRole('dialog', { name: 'Keys and mouse' })).toBeVisible()
  // Faster than the frame in which the closed dialog leaves the page.
  await window.evaluate(async () => {
    for (const pressed of [{ key: 'Escape' }, { key: 'k', ctrlKey: true }]) {
      const event = new KeyboardEvent('keydown', { ...pressed, bubbles: true, cancelable: true })
      document.activeElement!.dispatchEvent(event)
      await new Promise((resolve) => setTimeout(resolve, 0))
    }
  })
  await expect(window.getByRole('combobox', { name: 'Find' })).toBeFocused()
  await expect(window.getByRole('dialog', { name: 'Keys and mouse' })).toBeHidden()
  await launched.close()
})

test('a folder dropped on the Datasets page waits there for its import', async () => {
  const launched = await launch()
  const { window } = launched
  const folder = temporaryFolder()
  for (const className of ['NORMAL', 'PNEUMONIA']) {
    mkdirSync(join(folder, className))
    await writeFilm(window, join(folder, className), `${className}.jpeg`)
  }
  await window.keyboard.press('Control+2')
  await dragFiles(window, [folder], { drop: true })
  await expect(window.getByRole('dialog')).toContainText('PNEUMONIA')
  await launched.close()
})
