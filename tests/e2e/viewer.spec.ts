/** The hands of a reader: window, tools, drawings, two films side by side, keys of one's own, agreement. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type ElectronApplication, type Locator, type Page } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
import { writeDicomFilm } from './dicomFilm.ts'
import { writeDeepFilm, writeFilm } from './films.ts'
import {
  answerOpenDialogs,
  answerSaveDialogs,
  call,
  eventually,
  launch,
  temporaryFolder,
} from './launch.ts'
import { takeScreenshots } from './screenshots.ts'
import { makeSamples, trainModel } from './trainModel.ts'

const subject = (window: Page) => window.locator('header .subject')
const film = (window: Page) => window.getByRole('region', { name: 'Film' })
const canvas = (window: Page) => film(window).locator('canvas.film')
const drawings = (window: Page) => film(window).locator('svg[data-marks]').first()
const windowLevel = (window: Page) => film(window).getByTestId('window-level').first()
const min = (window: Page) => window.getByRole('spinbutton', { name: 'Min' })
const max = (window: Page) => window.getByRole('spinbutton', { name: 'Max' })

async function open(app: ElectronApplication, window: Page, paths: readonly string[]) {
  await answerOpenDialogs(app, paths)
  await window.keyboard.press('Control+o')
  // The first film waits for the engine.
  await expect(film(window)).toHaveAttribute('data-ms-to-film', /\d/, { timeout: 60_000 })
}

/** Drags from one place of an element to another, in shares of its size. */
async function drag(
  window: Page,
  element: Locator,
  from: readonly [number, number],
  to: readonly [number, number],
  button: 'left' | 'middle' | 'right' = 'left',
) {
  const { x, y, width, height } = (await element.boundingBox())!
  await window.mouse.move(x + from[0] * width, y + from[1] * height)
  await window.mouse.down({ button })
  await window.mouse.move(x + to[0] * width, y + to[1] * height, { steps: 4 })
  await window.mouse.up({ button })
}

test('a film is measured and drawn on; drawings stay, are undone, moved by key and exported', async () => {
  const launched = await launch()
  const { app, window } = launched
  const folder = temporaryFolder()
  const films = [
    await writeFilm(window, folder, 'person1_bacteria_1.jpeg'),
    await writeFilm(window, folder, 'person1_bacteria_2.jpeg', { haze: 0.8 }),
  ]
  await open(app, window, films)

  await test.step('every tool draws with the mouse', async () => {
    await window.keyboard.press('d')
    await drag(window, canvas(window), [0.3, 0.3], [0.5, 0.3])
    await expect(drawings(window)).toContainText(/^[\d.]+ px, uncalibrated$/)
    await window.keyboard.press('c')
    await drag(window, canvas(window), [0.42, 0.6], [0.62, 0.6])
    await drag(window, canvas(window), [0.2, 0.7], [0.8, 0.7])
    await expect(drawings(window)).toContainText(/CTR 0\.33/)
    await window.keyboard.press('a')
    await drag(window, canvas(window), [0.7, 0.3], [0.7, 0.5])
    const { x, y, width, height } = (await canvas(window).boundingBox())!
    await window.mouse.click(x + 0.7 * width + 0.2 * height, y + 0.5 * height)
    await expect(drawings(window)).toContainText('90.0°')
    await window.keyboard.press('b')
    await drag(window, canvas(window), [0.25, 0.4], [0.35, 0.55])
    await window.keyboard.press('y')
    await drag(window, canvas(window), [0.3, 0.5], [0.4, 0.8])
    await expect(drawings(window)).toHaveAttribute('data-marks', '5')
    await window.getByRole('textbox', { name: /^Label of Arrow/ }).fill('=opacity')
    await window.keyboard.press('Enter')
    await expect(drawings(window)).toContainText('=opacity')
    await expectAccessible(window)
    await takeScreenshots(app, window, 'measuring')
  })

  await test.step('undo and delete take drawings away, and Escape the tool', async () => {
    await window.keyboard.press('Control+z')
    await expect(drawings(window)).not.toContainText('=opacity')
    await window.keyboard.press('Control+z')
    await expect(drawings(window)).toHaveAttribute('data-marks', '4')
    await window
      .getByRole('button', { name: /^Rectangle/ })
      .last()
      .click()
    await window.keyboard.press('Delete')
    await expect(drawings(window)).toHaveAttribute('data-marks', '3')
    await window.keyboard.press('Control+z')
    await expect(drawings(window)).toHaveAttribute('data-marks', '4')
    await window.keyboard.press('Escape')
    await expect(window.getByRole('button', { name: 'Window and level (W)' })).toHaveAttribute(
      'aria-pressed',
      'true',
    )
  })

  await test.step('without a mouse, a length is put in the middle and its point moved', async () => {
    await window.keyboard.press('d')
    await window.keyboard.press('Enter')
    await expect(drawings(window)).toHaveAttribute('data-marks', '5')
    const before = await lastLength(window)
    await window.keyboard.press('Shift+ArrowLeft')
    await window.keyboard.press('ArrowLeft')
    expect((await lastLength(window)) - before).toBeCloseTo(11, 1)
    await window.keyboard.press('Escape')
  })

  await test.step('drawings belong to their film and come back with it', async () => {
    await window.keyboard.press('ArrowDown')
    await expect(subject(window)).toHaveText('person1_bacteria_2.jpeg')
    await expect(drawings(window)).toHaveAttribute('data-marks', '0')
    await window.keyboard.press('ArrowUp')
    await expect(drawings(window)).toHaveAttribute('data-marks', '5')
  })

  await test.step('they are exported as a table and for programs, and the film with them as PNG', async () => {
    const csv = join(folder, 'marks.csv')
    await answerSaveDialogs(app, csv)
    await window.getByRole('button', { name: 'Export…', exact: true }).click()
    await expect(window.getByText('The measurements are exported.')).toBeVisible()
    expect(readFileSync(csv, 'utf8').split('\r\n').length).toBe(7)
    const png = join(folder, 'film.png')
    await app.evaluate(({ session }, to) => {
      session.defaultSession.on('will-download', (_event, item) => item.setSavePath(to))
    }, png)
    await window.keyboard.press('Control+s')
    const picture = await eventually(() =>
      Promise.resolve(existsSync(png) ? readFileSync(png) : undefined),
    )
    expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG')
  })
  await launched.close()
})

test('a length says where its millimetres come from: of the detector, less the magnification of the file', async () => {
  const launched = await launch()
  const { app, window } = launched
  const path = writeDicomFilm(temporaryFolder(), 'magnified.dcm', {
    more: [
      [0x0018_1114, 'DS', '1.25'],
      [0x0018_1164, 'DS', '0.5\\0.5'],
    ],
  })
  await open(app, window, [path])
  await window.keyboard.press('d')
  await drag(window, canvas(window), [0.3, 0.3], [0.5, 0.3])
  await expect(drawings(window)).toContainText(/^[\d.]+ mm$/)
  const words = 'Measured at the detector, and corrected by the magnification'
  await expect(window.getByText(words)).toContainText('×1.25')
  await expectAccessible(window)
  await launched.close()
})

/** Pixels of the length that was drawn last. */
async function lastLength(window: Page): Promise<number> {
  const words = await drawings(window).locator('[data-mark=length] text').last().textContent()
  return Number.parseFloat(words ?? '')
}

test('window and level are real values: keys, fields, presets, and the way back', async () => {
  const launched = await launch()
  const { app, window } = launched
  const folder = temporaryFolder()
  await open(app, window, [writeDeepFilm(folder, 'deep.png', { width: 600, height: 500 })])
  const loaded = await windowLevel(window).innerText()
  const edges = async () => [
    Number(await min(window).inputValue()),
    Number(await max(window).inputValue()),
  ]
  const [low, high] = await edges()
  await window.keyboard.press('3')
  await expect(windowLevel(window)).toContainText('Lung')
  await window.keyboard.press('4')
  await expect(windowLevel(window)).toContainText('Bone')
  await window.keyboard.press('0')
  await expect(windowLevel(window)).toContainText('Auto')
  await min(window).fill('1000')
  await min(window).blur()
  await max(window).fill('3000')
  await max(window).blur()
  await expect(windowLevel(window)).toHaveText('W 2000 · L 2000')
  await max(window).focus()
  await window.keyboard.press('Shift+ArrowUp')
  await window.keyboard.press('Control+ArrowUp')
  await expect.poll(edges).toEqual([1000, 3110])
  await window.keyboard.press('Escape')
  await window.keyboard.press('Alt+ArrowDown')
  await window.keyboard.press('Alt+Shift+ArrowDown')
  await expect.poll(edges).toEqual([1011, 3121])
  await window.keyboard.press(' ')
  await expect(windowLevel(window)).toHaveText(loaded)
  await expect.poll(edges).toEqual([low, high])

  await window.keyboard.press('Control+i')
  await expect(film(window)).toContainText('POLARITY TURNED')
  await window.keyboard.press('g')
  await canvas(window).hover({ position: { x: 200, y: 200 } })
  await expect(film(window).locator('canvas.lens')).toBeVisible()
  await expect(film(window).getByTestId('value')).toContainText(/^\d+, \d+: \d+/)
  await launched.close()

  const again = await launch({ library: launched.library })
  await expect(film(again.window)).toContainText('POLARITY TURNED')
  await again.close()
})

test('the mouse does what its preset says: as radiologists have it, and simply', async () => {
  const launched = await launch()
  const { app, window } = launched
  const folder = temporaryFolder()
  const size = { width: 600, height: 500 }
  await open(app, window, [writeDeepFilm(folder, 'first.png', size), writeDicomFilm(folder, 'second')]) // prettier-ignore
  const names = [await subject(window).innerText()]
  /** Which of the three a gesture changes; the place is that of the film under the middle of the pane. */
  const changedBy = async (act: () => Promise<void>) => {
    const before = await stateOf(window)
    await act()
    await expect.poll(async () => differing(before, await stateOf(window))).not.toEqual([])
    return differing(before, await stateOf(window))
  }
  const dragWith = (button: 'left' | 'middle' | 'right') =>
    changedBy(() => drag(window, canvas(window), [0.5, 0.5], [0.52, 0.58], button))
  const wheel = (deltaY: number) => changedBy(() => window.mouse.wheel(0, deltaY))

  await expect(film(window)).toContainText('Mouse: Radiology')
  expect(await dragWith('left')).toEqual(['window'])
  expect(await dragWith('middle')).toEqual(['place'])
  expect(await dragWith('right')).toContain('zoom')
  await window.keyboard.down('Control')
  expect(await wheel(-100)).toContain('zoom')
  await window.keyboard.up('Control')
  await window.keyboard.press(' ')
  await window.mouse.wheel(0, 100)
  await expect(subject(window)).not.toHaveText(names[0]!)
  await window.mouse.wheel(0, -100)
  await expect(subject(window)).toHaveText(names[0]!)
  await expect(film(window)).toHaveAttribute('data-ms-to-film', /\d/)

  await window.keyboard.press('Control+Shift+m')
  await expect(film(window)).toContainText('Mouse: Simple')
  expect(await dragWith('left')).toEqual(['place'])
  expect(await dragWith('middle')).toContain('zoom')
  expect(await dragWith('right')).toEqual(['window'])
  expect(await wheel(-100)).toContain('zoom')
  await expect(subject(window)).toHaveText(names[0]!)
  await window.keyboard.press(' ')
  const fitted = await canvas(window).getAttribute('data-magnification')
  await canvas(window).dblclick()
  await expect(canvas(window)).toHaveAttribute('data-magnification', '1.0000')
  await canvas(window).dblclick()
  await expect(canvas(window)).toHaveAttribute('data-magnification', fitted!)
  await launched.close()
})

interface ViewerState {
  readonly window: string
  readonly zoom: string
  readonly place: string
}

/** The pointer comes to the middle of the pane, where the film says which of its pixels lies there. */
async function stateOf(window: Page): Promise<ViewerState> {
  const { x, y, width, height } = (await canvas(window).boundingBox())!
  await window.mouse.move(x + width / 2, y + height / 2)
  const [place] = (await film(window).getByTestId('value').innerText()).split(':')
  return {
    window: await windowLevel(window).innerText(),
    zoom: (await canvas(window).getAttribute('data-magnification')) ?? '',
    place: place ?? '',
  }
}

const differing = (before: ViewerState, after: ViewerState): string[] =>
  (['window', 'zoom', 'place'] as const).filter((part) => before[part] !== after[part])

test('the wheel goes on from a film that cannot be read', async () => {
  const launched = await launch()
  const { app, window } = launched
  const folder = temporaryFolder()
  const names = ['a.png', 'b.png', 'c.png', 'd.png']
  const paths = names.map((name, at) => writeDeepFilm(folder, name, { width: 64 + at, height: 48 }))
  await open(app, window, paths)
  rmSync(paths[3]!)
  await window.keyboard.press('End')
  await expect(subject(window)).toHaveText('d.png')
  await film(window).getByRole('alert').hover()
  await window.mouse.wheel(0, -100)
  await expect(subject(window)).toHaveText('c.png')
  await launched.close()
})

test('two films hang side by side, linked or each for itself', async () => {
  const launched = await launch()
  const { app, window } = launched
  const folder = temporaryFolder()
  await open(app, window, [
    await writeFilm(window, folder, 'person1_bacteria_1.jpeg'),
    await writeFilm(window, folder, 'person1_bacteria_2.jpeg', { haze: 0.8 }),
  ])
  await window.keyboard.press('x')
  await expect(canvas(window)).toHaveCount(2)
  await expect(film(window).getByTestId('zoom').nth(1)).toBeVisible()
  const magnification = async () =>
    Promise.all([0, 1].map((at) => canvas(window).nth(at).getAttribute('data-magnification')))
  await window.keyboard.press('+')
  const [left, right] = await magnification()
  expect(left).toBe(right)
  await window.keyboard.press('k')
  await window.keyboard.press('+')
  await expect.poll(async () => (await magnification())[0]).not.toBe(right)
  expect((await magnification())[1]).toBe(right)
  await expectAccessible(window)
  await takeScreenshots(app, window, 'side-by-side')
  await window.getByRole('combobox', { name: 'Film beside it' }).selectOption('')
  await expect(canvas(window)).toHaveCount(2)
  await window.keyboard.press('x')
  await expect(canvas(window)).toHaveCount(1)
  await launched.close()
})

test('a key can be given to another command, with its holder’s leave, and is remembered', async () => {
  const launched = await launch()
  const { app, window } = launched
  await open(app, window, [await writeFilm(window, temporaryFolder(), 'a.jpeg')])
  await window.keyboard.press('?')
  const dialog = window.getByRole('dialog', { name: 'Keys and mouse' })
  await dialog.getByRole('button', { name: 'Key of Invert black and white: I' }).click()
  await window.keyboard.press('n')
  await expect(dialog.getByRole('alert')).toContainText('N stands for “Normal”')
  await dialog.getByRole('button', { name: 'Take it from there' }).click()
  await expect(
    dialog.getByRole('button', { name: 'Key of Invert black and white: N' }),
  ).toBeVisible()
  await expectAccessible(window)
  await window.keyboard.press('Escape')
  await window.keyboard.press('n')
  await expect(film(window)).toContainText('Inverted')
  await window.reload()
  await expect(film(window)).toHaveAttribute('data-ms-to-film', /\d/, { timeout: 60_000 })
  await window.keyboard.press('n')
  await expect(film(window)).toContainText('Inverted')
  await launched.close()
})

test('verdicts before and after the score are set against the model', async () => {
  const launched = await launch()
  const { app, window } = launched
  const datasetId = await makeSamples(window, 40)
  await trainModel(window, datasetId, { recipe: 'small', epochs: 6 })
  const { images } = await call(window, 'images', { datasetId, filter: {}, offset: 0, limit: 40 })
  await call(window, 'openImages', { imageIds: images.map(({ id }) => id) })
  await window.keyboard.press('Control+2')
  await window.keyboard.press('Control+1')
  // Before the films are there, the key finds nothing to score.
  await expect(window.getByRole('button', { name: 'Score all' })).toBeEnabled()
  await window.keyboard.press('Control+Enter')
  await expect(window.getByRole('button', { name: 'All scored' })).toBeVisible({ timeout: 60_000 })
  await window.keyboard.press('Control+Shift+h')
  const reading = window.getByRole('region', { name: 'Reading' })
  for (let position = 0; position < 12; position++) {
    await expect(reading).toContainText('Hidden until your verdict')
    await window.keyboard.press(position % 3 === 0 ? 'p' : 'n')
    await expect(reading.getByTestId('score')).toBeVisible()
    // Two minds are changed once the score is known; the third says again what it said before.
    if (position % 4 === 1) await window.keyboard.press('p')
    else await window.keyboard.press('ArrowDown')
  }
  await window.keyboard.press('Control+g')
  const dialog = window.getByRole('dialog', { name: 'Agreement of reader and model' })
  await expect(dialog.getByRole('region', { name: 'Verdicts that stand' })).toContainText(
    '12 films',
  )
  await expect(dialog).toContainText('Cohen’s kappa')
  await expect(dialog.locator('.changed tbody tr')).toHaveCount(2)
  await expectAccessible(window)
  await takeScreenshots(app, window, 'agreement')
  const csv = join(temporaryFolder(), 'agreement.csv')
  await answerSaveDialogs(app, csv)
  await dialog.getByRole('button', { name: 'Export CSV…' }).click()
  await expect(window.getByText('The agreement table is exported.')).toBeVisible()
  expect(readFileSync(csv, 'utf8').split('\r\n').length).toBe(42)
  await launched.close()
})

test('the time to a large film and of a frame of its window is written down', async () => {
  const launched = await launch()
  const { app, window } = launched
  const folder = temporaryFolder()
  // The window, its renderer and its engine have shown a film before.
  await open(app, window, [writeDicomFilm(folder, 'first', {})])
  const lines: string[] = []
  for (const drawing of ['processor', 'graphics-card']) {
    await call(window, 'writeSetting', { key: 'review.drawing', value: drawing })
    await window.reload()
    await expect(film(window)).toHaveAttribute('data-ms-to-film', /\d/)
    const times: number[] = []
    for (const n of [1, 2, 3, 4, 5]) {
      const name = `${drawing}-${n}`
      const size = {
        rows: 2048,
        columns: 2500,
        haze: n / 10 + (drawing === 'processor' ? 0 : 0.05),
      }
      const path = writeDicomFilm(folder, name, { ...size, patientId: name })
      await answerOpenDialogs(app, [path])
      await window.keyboard.press('Control+o')
      await expect(subject(window)).toHaveText(name)
      await expect(film(window)).toHaveAttribute('data-ms-to-film', /\d/)
      times.push(Number(await film(window).getAttribute('data-ms-to-film')))
    }
    const kind = await canvas(window).getAttribute('data-renderer')
    const { x, y } = (await canvas(window).boundingBox())!
    await window.mouse.move(x + 200, y + 200)
    await window.mouse.down()
    const frames = await window.evaluate(dragFrames, 90)
    await window.mouse.up()
    const sorted = [...frames].sort((a, b) => a - b)
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(1)
    lines.push(
      `${kind}: on the screen ${times.map((ms) => ms.toFixed(0)).join(', ')} ms after asking; ` +
        `window drag median ${at(0.5)} ms, p95 ${at(0.95)} ms a frame`,
    )
  }
  for (const line of lines) {
    test.info().annotations.push({ type: 'measured', description: line })
    console.log(`2,500 × 2,048 × 12 bit, DICOM, ${line}`)
  }
  await launched.close()
})

/** Runs in the page: moves the pressed mouse once a frame; milliseconds from frame to frame. */
async function dragFrames(count: number): Promise<number[]> {
  const pane = document.querySelector('.viewport')!
  const times: number[] = []
  const nextFrame = () => new Promise<number>((done) => requestAnimationFrame(done))
  let last = await nextFrame()
  for (let step = 0; step < count; step++) {
    const [clientX, clientY] = [600 + 60 * Math.sin(step / 9), 300 + 40 * Math.cos(step / 7)]
    pane.dispatchEvent(new PointerEvent('pointermove', { pointerId: 1, clientX, clientY }))
    const now = await nextFrame()
    times.push(now - last)
    last = now
  }
  return times
}
