/** The film on the screen whatever happens around it: a lost graphics context, fine screens, other sizes, extreme films. */
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test, type ElectronApplication, type Page } from '@playwright/test'
import {
  dicomFile,
  imageElements,
  type SmallImage,
} from '../../src/engine/images/dicom/testing/writeDicom.ts'
import { answerOpenDialogs, call, launch, temporaryFolder } from './launch.ts'
import { eventuallyShows } from './screenGreys.ts'

const film = (window: Page) => window.getByRole('region', { name: 'Film' })
const canvas = (window: Page) => film(window).locator('canvas.film')

/** Left and right of the middle: a quarter of white and three of them. */
const halves = new Map([
  [0.45, 0.25],
  [0.55, 0.75],
])

/** A DICOM film whose left half is a quarter of white and whose right half is three quarters. */
function writeHalves(fileName: string, rows: number, columns: number, isSigned: boolean): string {
  const image: SmallImage = {
    ...{ rows, columns, bitsAllocated: isSigned ? 16 : 8, signed: isSigned },
    more: [
      [0x0028_1050, 'DS', isSigned ? '1000' : '128'],
      [0x0028_1051, 'DS', isSigned ? '8000' : '256'],
      [0x0028_1056, 'CS', 'LINEAR_EXACT'],
    ],
  }
  const [dark, bright] = isSigned ? [-1000, 3000] : [64, 192]
  const row = new (isSigned ? Int16Array : Uint8Array)(columns)
  row.fill(dark, 0, columns / 2).fill(bright, columns / 2)
  const bytes = Buffer.concat(Array.from({ length: rows }, () => Buffer.from(row.buffer)))
  const path = join(temporaryFolder(), fileName)
  writeFileSync(
    path,
    dicomFile('1.2.840.10008.1.2.1', imageElements(image, [0x7fe0_0010, 'OW', bytes])),
  )
  return path
}

async function open(app: ElectronApplication, window: Page, path: string) {
  await answerOpenDialogs(app, [path])
  await window.keyboard.press('Control+o')
  // The film before it has a time too.
  await expect(window.locator('header .subject')).toHaveText(basename(path), { timeout: 120_000 })
  await expect(film(window)).toHaveAttribute('data-ms-to-film', /\d/, { timeout: 120_000 })
}

const drawings = [
  ['processor', 'canvas2d'],
  ['graphics-card', 'webgl2'],
] as const

test('a fine screen, another window size and a lost graphics context leave a film of signed values as it was', async () => {
  test.setTimeout(300_000)
  const launched = await launch({ args: ['--force-device-scale-factor=2'] })
  const { app, window } = launched
  await open(app, window, writeHalves('signed.dcm', 160, 320, true))
  await window.keyboard.press('o')
  const shows = () => eventuallyShows(window, canvas(window), halves, 200)
  const hasScreensPixels = () =>
    canvas(window).evaluate(
      (element: HTMLCanvasElement) =>
        devicePixelRatio === 2 &&
        Math.abs(element.width - element.clientWidth * 2) <= 1 &&
        Math.abs(element.height - element.clientHeight * 2) <= 1,
    )

  for (const [drawing, kind] of drawings) {
    await call(window, 'writeSetting', { key: 'review.drawing', value: drawing })
    await window.reload()
    await expect(canvas(window)).toHaveAttribute('data-renderer', kind)
    expect(await shows(), kind).toBe(true)
    for (const [width, height] of [
      [1400, 900],
      [1280, 800],
    ] as const) {
      await app.evaluate(
        ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]!.setContentSize(...size),
        [width, height] as [number, number],
      )
      await expect.poll(() => window.evaluate(() => innerWidth)).toBe(width)
      await expect.poll(hasScreensPixels, `${kind} at ${width}`).toBe(true)
      expect(await shows(), `${kind} at ${width}`).toBe(true)
    }
  }

  await test.step('a context that comes back is drawn into again', async () => {
    await canvas(window).evaluate(loseContext, true)
    expect(await shows()).toBe(true)
    await expect(canvas(window)).toHaveAttribute('data-renderer', 'webgl2')
  })

  await test.step('a context that stays lost is left for the processor', async () => {
    await canvas(window).evaluate(loseContext, false)
    await expect(canvas(window)).toHaveAttribute('data-renderer', 'canvas2d', { timeout: 60_000 })
    expect(await shows()).toBe(true)
  })
  await launched.close()
})

/** Runs in the page: as after the graphics process has ended; given back when the loss was told. */
async function loseContext(element: HTMLCanvasElement, comesBack: boolean): Promise<void> {
  const extension = element.getContext('webgl2')!.getExtension('WEBGL_lose_context')!
  const lost = new Promise((told) => {
    element.addEventListener('webglcontextlost', told, { once: true })
  })
  extension.loseContext()
  await lost
  if (!comesBack) return
  const restored = new Promise((told) => {
    element.addEventListener('webglcontextrestored', told, { once: true })
  })
  // The browser gives it back after the event has been dealt with.
  setTimeout(() => extension.restoreContext(), 0)
  await restored
}

test('films of 1 × 1 and of 8,000 × 8,000 pixels are shown', async () => {
  test.setTimeout(300_000)
  const launched = await launch()
  const { app, window } = launched
  await open(app, window, writeHalves('large.dcm', 8000, 8000, false))
  await window.keyboard.press('o')
  for (const [drawing, kind] of drawings) {
    await call(window, 'writeSetting', { key: 'review.drawing', value: drawing })
    await window.reload()
    await expect(canvas(window)).toHaveAttribute('data-renderer', kind, { timeout: 120_000 })
    expect(await eventuallyShows(window, canvas(window), halves, 600), kind).toBe(true)
  }
  await open(app, window, writeHalves('one.dcm', 1, 1, true))
  for (const [drawing, kind] of drawings) {
    await call(window, 'writeSetting', { key: 'review.drawing', value: drawing })
    await window.reload()
    await expect(canvas(window)).toHaveAttribute('data-renderer', kind)
    await window.keyboard.press('End')
    await expect(window.locator('header .subject')).toHaveText('one.dcm')
    const bright = new Map([[0.5, 0.75]])
    expect(await eventuallyShows(window, canvas(window), bright, 200), kind).toBe(true)
  }
  await launched.close()
})
