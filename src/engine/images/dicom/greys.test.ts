import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { samplesIn } from '../../../shared/filmEnvelope.ts'
import { decodeRaster } from '../readRaster.ts'
import { renderDicom } from './renderDicom.ts'
import { voiFunction } from './voi.ts'

/** Made by scripts/fixtures/dicom_greys.py with pydicom. */
const cases = z
  .array(z.object({ name: z.string(), file: z.string(), greys: z.array(z.number()) }))
  .parse(
    JSON.parse(
      readFileSync(new URL('../../../../tests/fixtures/dicom/greys.json', import.meta.url), 'utf8'),
    ),
  )

test('in every combination of polarity, rescale and VOI a film has the greys that pydicom gives', async () => {
  expect(cases).toHaveLength(180)
  for (const { name, file, greys } of cases) {
    const { samples } = await decodeRaster(Buffer.from(file, 'base64'))
    for (const [at, grey] of greys.entries()) {
      // Half a level of rounding, and a little for sums in another order.
      expect(Math.abs(samples[at]! - grey), `${name}, pixel ${at}`).toBeLessThanOrEqual(0.51)
    }
  }
})

test('the viewer is told of the same film what gives the same greys', async () => {
  for (const { name, file, greys } of cases) {
    const film = await renderDicom(Buffer.from(file, 'base64'), 1)
    const { samples, sampleType, slope, intercept, windows, inverted } = film
    const { buffer, byteOffset } = samples
    const stored = samplesIn(buffer, byteOffset, film.rows * film.columns, sampleType)
    const share = voiFunction(windows[0]!)
    for (const [at, grey] of greys.entries()) {
      const seen = share(slope * stored[at]! + intercept)
      expect((inverted ? 1 - seen : seen) * 255, `${name}, pixel ${at}`).toBeCloseTo(grey, 2)
    }
  }
})

test('MONOCHROME1 together with INVERSE is one inversion: the lowest value is white', async () => {
  const both = cases.find(({ name }) => name.startsWith('MONOCHROME1, shape INVERSE, rescale none'))
  const { samples } = await decodeRaster(Buffer.from(both!.file, 'base64'))
  expect([samples[0], samples[15]]).toEqual([255, 0])
})
