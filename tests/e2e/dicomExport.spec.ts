/** A DICOM film from the desktop to what others are given of it: opened, windowed, measured, judged, exported. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { openDicom } from '../../src/engine/images/dicom/openDicom.ts'
import type { Written } from '../../src/engine/images/dicom/testing/writeDicom.ts'
import { expectAccessible } from './accessibility.ts'
import { writeDicomFilm } from './dicomFilm.ts'
import { dragFiles } from './dropFiles.ts'
import {
  answerOpenDialogs,
  call,
  eventually,
  launch,
  type Launched,
  temporaryFolder,
} from './launch.ts'
import { takeScreenshots } from './screenshots.ts'
import { makeSamples, trainModel } from './trainModel.ts'

const film = (window: Page) => window.getByRole('region', { name: 'Film' })
const canvas = (window: Page) => film(window).locator('canvas.film')
const windowLevel = (window: Page) => film(window).getByTestId('window-level').first()
const reading = (window: Page) => window.getByRole('region', { name: 'Reading' })

/** The only folder that was made in `folder`. */
const made = (folder: string) => join(folder, readdirSync(folder)[0]!)

/** An overlay plane of 40 × 80 pixels from row 10, column 20 on: its frame. */
const fileDrawing: readonly Written[] = [
  [0x6000_0010, 'US', [40]],
  [0x6000_0011, 'US', [80]],
  [0x6000_0040, 'CS', 'G'],
  [0x6000_0050, 'SS', [11, 21]],
  [0x6000_0100, 'US', [1]],
  [0x6000_0102, 'US', [0]],
  [0x6000_1500, 'LO', 'BOX'],
  [0x6000_3000, 'OW', boxBits(40, 80)],
]

function boxBits(rows: number, columns: number): Uint8Array {
  const bits = new Uint8Array((rows * columns) / 8)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const isEdge = row % (rows - 1) === 0 || column % (columns - 1) === 0
      const at = row * columns + column
      if (isEdge) bits[at >> 3]! |= 1 << (at & 7)
    }
  return bits
}

/** Saves the film as PNG and says what lies at some places of the picture. */
async function savedColours({ app, window }: Launched, name: string) {
  const path = join(temporaryFolder(), name)
  await app.evaluate(({ session }, to) => {
    session.defaultSession.removeAllListeners('will-download')
    session.defaultSession.once('will-download', (_event, item) => item.setSavePath(to))
  }, path)
  await window.keyboard.press('Control+s')
  await eventually(() => Promise.resolve(existsSync(path) ? true : undefined))
  return eventually(() =>
    app.evaluate(({ nativeImage }, from) => {
      const picture = nativeImage.createFromPath(from)
      if (picture.isEmpty()) return undefined
      const { width, height } = picture.getSize()
      const bitmap = picture.toBitmap()
      // Blue, green, red: file drawings are blue-green, what the reader draws is yellow, and the film is grey.
      const kindOf = (x: number, y: number) => {
        const at = 4 * (y * width + x)
        const [blue, green, red] = [bitmap[at]!, bitmap[at + 1]!, bitmap[at + 2]!]
        if (green - red > 40 && blue - red > 40) return 'drawing'
        if (red - blue > 40 && green - blue > 40) return 'mark'
        return Math.max(blue, green, red) - Math.min(blue, green, red) < 8 ? 'grey' : 'other'
      }
      const nearMiddle = [-2, -1, 0, 1, 2].map((off) =>
        kindOf(width / 2, Math.round(height / 2) + off),
      )
      return {
        ...{ width, height, boxEdge: kindOf(112, 19), boxInside: kindOf(112, 60) },
        middle: nearMiddle.includes('mark') ? 'mark' : 'no mark',
      }
    }, path),
  )
}

test('a dropped DICOM film is windowed, measured, judged, and exported without its patient and with its score', async () => {
  const launched = await launch()
  const { app, window } = launched
  await trainModel(window, await makeSamples(window, 20), { recipe: 'small', epochs: 1 })
  const path = writeDicomFilm(temporaryFolder(), 'chest', { haze: 0.4, more: fileDrawing })

  await test.step('dropped, it is shown with its patient, and scored', async () => {
    await window.keyboard.press('Control+1')
    await dragFiles(window, [path], { drop: true })
    await expect(film(window)).toHaveAttribute('data-ms-to-film', /\d/)
    await expect(film(window).getByTestId('identity').first()).toHaveText(/^Patient /)
    await expect(reading(window).getByTestId('score')).toBeVisible({ timeout: 60_000 })
  })

  await test.step('its window is the file’s, and follows the mouse', async () => {
    await expect(windowLevel(window)).toContainText('W 4096 · L 2048')
    const { x, y, width, height } = (await canvas(window).boundingBox())!
    await window.mouse.move(x + width / 2, y + height / 2)
    await window.mouse.down()
    await window.mouse.move(x + width / 2 + 60, y + height / 2, { steps: 3 })
    await window.mouse.up()
    await expect(windowLevel(window)).not.toContainText('W 4096')
    await window.keyboard.press('1')
    await expect(windowLevel(window)).toContainText('W 4096 · L 2048')
  })

  await test.step('a length is in millimetres, because the file gives the spacing', async () => {
    await window.keyboard.press('d')
    await window.keyboard.press('Enter')
    await expect(film(window).locator('svg[data-marks]').first()).toContainText(/^[\d.]+ mm/)
    await window.keyboard.press('Escape')
  })

  await test.step('the drawing that the file brings along lies where it says, and is hidden by its key', async () => {
    const drawing = film(window).getByTestId('file-drawing')
    await expect(film(window).getByTestId('file-drawings')).toHaveText('Drawn in the file: BOX')
    const [over, under] = [(await drawing.boundingBox())!, (await canvas(window).boundingBox())!]
    // The film of 320 × 280 is seen whole: 80 of its columns from column 20 on.
    const scale = Math.min(under.width / 320, under.height / 280)
    expect(over.width).toBeCloseTo(80 * scale, 0)
    expect(over.x - under.x).toBeCloseTo((under.width - 320 * scale) / 2 + 20 * scale, 0)
    await takeScreenshots(app, window, 'file-drawing')
    await window.keyboard.press('Shift+O')
    await expect(drawing).toHaveCount(0)
    await expect(film(window).getByTestId('file-drawings')).toHaveText(/hidden$/)
    await window.keyboard.press('Shift+O')
    await expect(drawing).toHaveCount(1)
  })

  await test.step('saved as a picture, it has the file’s drawing and the reader’s, each where it lies', async () => {
    const seen = await savedColours(launched, 'with.png')
    // The picture is 600 / 320 times the film. The box's upper edge is row 10, from column 20 to 99.
    expect(seen).toMatchObject({ width: 600, height: 525, boxEdge: 'drawing', boxInside: 'grey' })
    // The length lies across the middle.
    expect(seen.middle).toBe('mark')
    await window.keyboard.press('Shift+O')
    expect(await savedColours(launched, 'without.png')).toMatchObject({
      ...{ boxEdge: 'grey', middle: 'mark' },
    })
    await window.keyboard.press('Shift+O')
  })

  await test.step('it gets a verdict', async () => {
    await window.keyboard.press('p')
    await expect.poll(async () => (await call(window, 'worklist'))[0]?.verdict).toBe('pneumonia')
  })

  await test.step('a copy without its patient is written', async () => {
    const folder = temporaryFolder()
    await window.keyboard.press('Control+Shift+e')
    const dialog = window.getByRole('dialog', { name: 'Export as DICOM' })
    await expect(dialog).toBeVisible()
    await expectAccessible(window)
    await takeScreenshots(app, window, 'export-dicom')
    await answerOpenDialogs(app, [folder])
    await dialog.getByRole('button', { name: 'Choose a folder…' }).click()
    await expect(window.getByText(/without their patients: 1 film written/)).toBeVisible()
    const films = join(made(folder), 'films')
    const [patient] = readdirSync(films)
    const copy = readFileSync(join(films, patient!, '0001.dcm'))
    expect(copy.includes('Zebedee') || copy.includes('ID4711')).toBe(false)
    expect(openDicom(copy).dataSet.ascii(0x0012_0062)).toBe('YES')
  })

  await test.step('its score is written as a report and as a film with words', async () => {
    const folder = temporaryFolder()
    await window.keyboard.press('Control+Shift+e')
    const dialog = window.getByRole('dialog', { name: 'Export as DICOM' })
    await dialog.getByRole('radio', { name: /^Scores/ }).check()
    await expect(dialog).toContainText('Research use only. Not a medical device.')
    await answerOpenDialogs(app, [folder])
    await dialog.getByRole('button', { name: 'Choose a folder…' }).click()
    await expect(window.getByText(/as DICOM: 1 film written/)).toBeVisible()
    expect(readdirSync(made(folder)).sort()).toEqual(['0001-sc.dcm', '0001-sr.dcm'])
    const report = openDicom(readFileSync(join(made(folder), '0001-sr.dcm'))).dataSet
    expect(report.text(0x0010_0010)).toBe('Zebedee^Quentin')
  })

  await test.step('a film whose polarity is turned is scored anew, and says so', async () => {
    const before = await reading(window).getByTestId('score').getAttribute('title')
    await window.keyboard.press('Control+i')
    await expect(reading(window).getByTestId('scored-turned')).toBeVisible({ timeout: 60_000 })
    expect(await reading(window).getByTestId('score').getAttribute('title')).not.toBe(before)
    await takeScreenshots(app, window, 'polarity-turned')
  })
  await launched.close()
})
