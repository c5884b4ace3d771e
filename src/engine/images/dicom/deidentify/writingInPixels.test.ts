import { expect, test } from 'vitest'
import { drawText } from '../../../report/lettering.ts'
import { paintPlanned } from '../../../samples/generateFilms.ts'
import { planFilms } from '../../../samples/plan.ts'
import { dicomFile, imageElements, type SmallImage } from '../testing/writeDicom.ts'
import { writingInPixels } from './writingInPixels.ts'

const side = 640
/** Generated films, the word at their foot painted over. */
const films = planFilms(8, 5).map((film) => {
  const pixels = paintPlanned(film, 5, side)
  return pixels.fill(0, Math.floor(side * 0.93) * side)
})

const asDicom = (pixels: Uint8Array, image: Partial<SmallImage> = {}) =>
  dicomFile(
    '1.2.840.10008.1.2.1',
    imageElements({ rows: side, columns: side, ...image }, [0x7fe0_0010, 'OW', pixels]),
  )

const negative = (pixels: Uint8Array) => pixels.map((grey) => 255 - grey)

function withName(pixels: Uint8Array, x: number, y: number): Uint8Array {
  const copy = Uint8Array.from(pixels)
  drawText({ rows: side, columns: side, pixels: copy }, 'Doe, Jane 1961', { x, y, scale: 1 })
  return copy
}

test('films without letters give no reason', async () => {
  for (const pixels of films) expect(await writingInPixels(asDicom(pixels))).toEqual([])
})

test('a name in a dark corner is suspected in every film, white on black and black on white', async () => {
  const suspicion = [
    expect.stringMatching(/^\d+ signs on one line of its pixels look like writing$/),
  ]
  for (const pixels of films) {
    const named = withName(pixels, 12, 8)
    expect(await writingInPixels(asDicom(named))).toEqual(suspicion)
    expect(await writingInPixels(asDicom(negative(named)))).toEqual(suspicion)
  }
})

test('letters that are small on a large film are looked for on its own pixels', async () => {
  const [rows, columns] = [2400, 2000]
  const pixels = new Uint8Array(rows * columns).fill(60)
  drawText({ rows, columns, pixels }, 'ID 4711', { x: 1700, y: 2300, scale: 1 })
  const [reason] = await writingInPixels(asDicom(pixels, { rows, columns }))
  expect(reason).toMatch(/look like writing$/)
})

test('of several frames the first alone is looked at, and a film that cannot be unpacked is a reason itself', async () => {
  const two = asDicom(Buffer.concat([films[0]!, films[1]!]), { frames: 2 })
  expect(await writingInPixels(two)).toEqual([
    'it has several frames, of which the first alone was looked at',
  ])
  expect(await writingInPixels(asDicom(films[0]!.subarray(2)))).toEqual([
    'its pixels could not be unpacked to look for letters',
  ])
})
