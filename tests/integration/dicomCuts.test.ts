/** A DICOM file that was cut off is never read as a film, wherever the cut lies. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openDicom } from '../../src/engine/images/dicom/openDicom.ts'
import { pixelElement } from '../../src/engine/images/dicom/pixelModule.ts'
import { decodeRaster } from '../../src/engine/images/readRaster.ts'
import { AppError } from '../../src/shared/errors.ts'

const folder = fileURLToPath(new URL('../../../shared/dicom/', import.meta.url))

/** One file of each transfer syntax. */
const files = [
  'pixel/mr_small_implicit.dcm',
  'syntax/ct_explicit_le.dcm',
  'pixel/mr_small_explicit_be.dcm',
  'syntax/deflated_mono8.dcm',
  'pixel/mr_small_rle.dcm',
  'syntax/ct_jpeg_baseline.dcm',
  'syntax/ct_jpeg_extended_12bit.dcm',
  'syntax/ct_jpeg_lossless_p14.dcm',
  'syntax/ct_jpeg_lossless_sv1.dcm',
  'syntax/ct_jpegls_lossless.dcm',
  'pixel/mono8_jpegls_near_small.dcm',
  'syntax/ct_j2k_lossless.dcm',
  'pixel/nm_signed_j2k_lossy.dcm',
  'syntax/htj2k_lossless_rgb.dcm',
]
const cuts = 200

test.skipIf(!existsSync(folder))(
  'of 200 cut points in each of 14 transfer syntaxes, none gives a film',
  async () => {
    for (const name of files) {
      const whole = readFileSync(folder + name)
      // What follows the pixels may be missing without harm to them; up to there every byte counts.
      const end = lastByte(whole)
      for (let cut = 1; cut <= cuts; cut++) {
        // Half of them in the last 100 bytes, where a guard is missed most easily.
        const length = cut <= cuts / 2 ? end - cut : Math.floor((end * cut) / (cuts + 1))
        const reading = decodeRaster(whole.subarray(0, length))
        const outcome: unknown = await reading.catch((cause: unknown) => cause)
        expect(outcome, `${name} cut to ${length} bytes`).toBeInstanceOf(AppError)
        expect((outcome as AppError).code).not.toBe('INTERNAL')
      }
    }
  },
  600_000,
)

function lastByte(file: Uint8Array): number {
  const { dataSet, transferSyntax } = openDicom(file)
  // Eight bytes of gzip (checksum and size) follow the deflated stream of this file; the data set is whole without.
  return transferSyntax.deflated ? file.length - 8 : (pixelElement(dataSet)?.end ?? file.length)
}
