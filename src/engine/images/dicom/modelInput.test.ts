/** What a network is given of a DICOM film is what it is given of the same film as a picture. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { encodePng } from '../../explain/pngFile.ts'
import { filmInput } from '../filmInput.ts'
import { decodeRaster } from '../readRaster.ts'
import { dicomFile, imageElements, type Written } from './testing/writeDicom.ts'

const cases = z
  .array(z.object({ name: z.string(), file: z.string(), greys: z.array(z.number()) }))
  .parse(
    JSON.parse(
      readFileSync(new URL('../../../../tests/fixtures/dicom/greys.json', import.meta.url), 'utf8'),
    ),
  )
const size = { rows: 5, columns: 5, channels: 1, resize: 'bilinear' } as const

test('the input of a DICOM film is within one grey of the input of its greys by pydicom, saved as PNG', async () => {
  for (const { name, file, greys } of cases) {
    const pixels = Uint8Array.from(greys.flatMap((grey) => Array<number>(3).fill(Math.round(grey))))
    const png = encodePng(pixels, { rows: 2, columns: 8 }, '')
    const [ours, others] = await Promise.all(
      [Buffer.from(file, 'base64'), png].map(async (bytes) =>
        filmInput(await decodeRaster(bytes), size),
      ),
    )
    for (const [at, value] of ours!.pixels.entries()) {
      expect(Math.abs(value - others!.pixels[at]!), `${name}, pixel ${at}`).toBeLessThanOrEqual(1)
    }
  }
})

/** 1 to 100 in a row; `more` are further elements. */
const ramp = (...more: Written[]) =>
  dicomFile(
    '1.2.840.10008.1.2.1',
    imageElements({ rows: 1, columns: 100, bitsAllocated: 16, more }, [
      0x7fe0_0010,
      'OW',
      Array.from({ length: 100 }, (_, at) => at + 1),
    ]),
  )

test('the percentile window goes from the 1st to the 99th of a hundred values, whatever the file asks for', async () => {
  const window: Written[] = [
    [0x0028_1050, 'DS', '10'],
    [0x0028_1051, 'DS', '4'],
  ]
  for (const file of [ramp(), ramp(...window)]) {
    const { samples } = await decodeRaster(file, { window: 'percentile' })
    // (50 − 1) / 98 × 255 = 127.5; half a grey is rounded up.
    expect([samples[0], samples[49], samples[98], samples[99]]).toEqual([0, 128, 255, 255])
  }
})

test('a film that a person turned over is its own negative, in DICOM and in PNG, and padding stays black', async () => {
  const [plain, turned] = await Promise.all([
    decodeRaster(ramp()),
    decodeRaster(ramp(), { turned: true }),
  ])
  expect([...turned.samples]).toEqual(Array.from(plain.samples, (value) => 255 - value))
  const padded = await decodeRaster(ramp([0x0028_0120, 'US', [1]]), { turned: true })
  expect([padded.samples[0], padded.samples[1]]).toEqual([0, 255])
  const png = encodePng(Uint8Array.of(10, 10, 10, 250, 250, 250), { rows: 1, columns: 2 }, '')
  const seen = filmInput(await decodeRaster(png, { turned: true }), {
    ...size,
    rows: 1,
    columns: 2,
  })
  expect([...seen.pixels]).toEqual([245, 5])
})
