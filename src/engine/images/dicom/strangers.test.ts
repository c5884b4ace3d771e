/** Films as strangers bring them, against greys that pydicom makes (scripts/fixtures/dicom_strangers.py). */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { luminance } from '../eightBits.ts'
import { greysOf, realRange, usableWindows } from './greys.ts'
import { openImage } from './image.ts'
import { inspectDicom } from './inspectDicom.ts'
import { renderDicom } from './renderDicom.ts'

const Stranger = z.object({
  name: z.string(),
  file: z.string(),
  /** Of each frame the greys, 0 to 1. */
  frames: z.array(z.array(z.number())),
  /** Levels that a lossy codec may be off by. */
  levels: z.number().default(0.502),
  /** Lowest, highest and mean stored value. */
  stored: z.tuple([z.number(), z.number(), z.number()]).optional(),
  spacings: z.array(z.number()).optional(),
  refused: z.string().optional(),
})

const strangers = z
  .array(Stranger)
  .parse(
    JSON.parse(
      readFileSync(
        new URL('../../../../tests/fixtures/dicom/strangers.json', import.meta.url),
        'utf8',
      ),
    ),
  )
  .map(({ file, ...rest }) => ({ ...rest, bytes: Buffer.from(file, 'base64') }))

async function greysOfFrame(bytes: Uint8Array, frame: number): Promise<ArrayLike<number>> {
  const image = openImage(bytes)
  const stored = await image.frames.read(frame)
  if (image.isColour) return luminance(image.rgb(stored))
  const greyscale = image.greyscale(frame)
  const { windows } = usableWindows(image.module, greyscale, realRange(stored, greyscale))
  return greysOf(stored, greyscale, windows[0]!)
}

describe('films as strangers bring them have the greys that pydicom gives', () => {
  test.each(strangers.filter(({ refused }) => refused === undefined))(
    '$name',
    async ({ bytes, frames, levels }) => {
      for (const [at, expected] of frames.entries()) {
        const greys = await greysOfFrame(bytes, at)
        expect(greys.length).toBe(expected.length)
        const off = expected.map((share, pixel) => Math.abs(greys[pixel]! - share * 255))
        expect(Math.max(...off), `frame ${at + 1}`).toBeLessThanOrEqual(levels)
      }
    },
  )
})

test('what is no number is left out of the stored figures, as pydicom with numpy’s nanmin, nanmax and nanmean', async () => {
  const floats = strangers.filter(({ stored }) => stored !== undefined)
  expect(floats.length).toBe(2)
  for (const { name, bytes, stored } of floats) {
    const [storedMin, storedMax, storedMean] = stored!
    expect(await inspectDicom('film.dcm', bytes), name).toMatchObject({
      storedMin,
      storedMax,
      storedMean: expect.closeTo(storedMean, 6) as unknown,
    })
  }
})

test('each frame of an enhanced film has its own pixel spacing', async () => {
  const { bytes, spacings } = strangers.find((each) => each.spacings !== undefined)!
  for (const [at, row] of spacings!.entries()) {
    expect((await renderDicom(bytes, at + 1)).pixelSpacing).toMatchObject({ row, column: row })
  }
})

test('uncompressed colour that is kept for two by two pixels is refused by its name', async () => {
  const { bytes, refused } = strangers.find((each) => each.refused !== undefined)!
  await expect(renderDicom(bytes, 1)).rejects.toThrow(refused)
})
