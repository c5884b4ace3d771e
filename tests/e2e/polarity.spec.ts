/** Black and white on the screen, in both ways to draw, against the greys that pydicom gives. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { packFilm } from '../../src/shared/filmEnvelope.ts'
import type { FilmPixels } from '../../src/shared/domain/filmPixels.ts'
import { writeFilm } from './films.ts'
import { answerOpenDialogs, call, launch, temporaryFolder } from './launch.ts'
import { eventuallyShows } from './screenGreys.ts'

/** One combination: what a file says of its samples, and its four steps as shares of white, left to right. */
interface Combination {
  readonly slope: number
  readonly intercept: number
  readonly inverted: boolean
  readonly voi: FilmPixels['windows'][number]
  readonly greys: readonly number[]
}

const fixture = join(__dirname, '../fixtures/dicomPolarity.json')
const { steps, combinations } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  readonly steps: readonly number[]
  readonly combinations: Readonly<Record<string, Combination>>
}

const film = (window: Page) => window.getByRole('region', { name: 'Film' })
const canvas = (window: Page) => film(window).locator('canvas.film')

const [rows, columns] = [16, 32]

/** The film as main sends it to the window. */
function envelopeOf({ slope, intercept, inverted, voi }: Combination): string {
  const samples = Uint16Array.from(
    { length: rows * columns },
    (_, at) => steps[(at % columns) >> 3]!,
  )
  const reals = steps.map((step) => slope * step + intercept)
  const packed = packFilm({
    ...{ rows, columns, samplesPerPixel: 1, sampleType: 'uint16', slope, intercept, inverted },
    ...{ minimum: Math.min(...reals), maximum: Math.max(...reals), windows: [voi] },
    ...{ frames: 1, frame: 1, samples: new Uint8Array(samples.buffer) },
  })
  return Buffer.from(packed).toString('base64')
}

test('every combination of photometric interpretation, presentation shape, slope and VOI is right side up', async () => {
  test.setTimeout(300_000)
  const names = Object.keys(combinations)
  expect(names.length).toBe(48)
  const launched = await launch()
  const { app, window } = launched
  const folder = temporaryFolder()
  const films: string[] = []
  for (const [index, name] of names.entries()) {
    films.push(
      await writeFilm(window, folder, `${name}.jpeg`, { haze: index / 48, width: 64 + index }),
    )
  }
  await answerOpenDialogs(app, films)
  await window.keyboard.press('Control+o')
  await expect.poll(async () => (await call(window, 'worklist')).length).toBe(48)
  const worklist = await call(window, 'worklist')
  const nameOf = (fileName: string) => fileName.replace('.jpeg', '')
  const envelopes = worklist.map(
    ({ image }) => [image.id, envelopeOf(combinations[nameOf(image.fileName)]!)] as const,
  )
  await window.addInitScript(answerPixels, envelopes)
  await window.keyboard.press('o')
  for (const [drawing, kind] of [
    ['processor', 'canvas2d'],
    ['graphics-card', 'webgl2'],
  ] as const) {
    await call(window, 'writeSetting', { key: 'review.drawing', value: drawing })
    await window.reload()
    await expect(canvas(window)).toHaveAttribute('data-renderer', kind)
    const wrong: string[] = []
    for (const { image } of worklist) {
      await expect(window.locator('header .subject')).toHaveText(image.fileName)
      const { greys } = combinations[nameOf(image.fileName)]!
      // The film is twice as wide as high and the pane is not, so it fills the pane's width.
      const wanted = new Map(greys.map((grey, step) => [(2 * step + 1) / 8, grey]))
      if (!(await eventuallyShows(window, canvas(window), wanted))) wrong.push(image.fileName)
      await window.keyboard.press('ArrowDown')
    }
    expect(wrong, kind).toEqual([])
  }
  await launched.close()
})

/** Runs in the page: pixels of these films are answered with these envelopes from now on. */
function answerPixels(envelopes: readonly (readonly [string, string])[]) {
  const byId = new Map(envelopes)
  const fromMain = window.fetch.bind(window)
  window.fetch = (input, init) => {
    const id = /image:\/\/image\/([0-9a-f]+)\/pixels/.exec(
      input instanceof Request ? input.url : String(input),
    )?.[1]
    const base64 = id === undefined ? undefined : byId.get(id)
    if (base64 === undefined) return fromMain(input, init)
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    return Promise.resolve(new Response(bytes))
  }
}
