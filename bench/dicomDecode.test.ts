/** Decoding of DICOM films beside pydicom, in one run; prints a table. Run by `npm run dicom-decode`. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openImage } from '../src/engine/images/dicom/image.ts'

const python = process.env['PNEUMOSCOPE_DECODE_BESIDE']
const folder = fileURLToPath(new URL('../../shared/dicom/', import.meta.url))
const films = [
  'chest/nih_dx_8bit_implicit.dcm',
  'chest/nih_siim_cr_jpeg_baseline.dcm',
  'chest/philips_thorax_rg1_jpegls_near.dcm',
  'chest/proscan_dx_16bit_cp1251_rotated.dcm',
  'chest/canon_dx_mono1_12bit_j2k_lossless.dcm',
  'projection/tibia_rg3_mono1_jpeg_lossless_sv1.dcm',
  'projection/hip_rg2_rle.dcm',
]

async function once(bytes: Uint8Array): Promise<number> {
  const started = performance.now()
  await openImage(bytes).frames.read(0)
  return performance.now() - started
}

async function median(bytes: Uint8Array): Promise<number> {
  await once(bytes)
  const times = []
  for (let run = 0; run < 5; run++) times.push(await once(bytes))
  return times.sort((a, b) => a - b)[2]!
}

test.skipIf(python === undefined)('decoding is timed beside pydicom', async () => {
  const script = fileURLToPath(new URL('dicom_decode.py', import.meta.url))
  const files = films.map((name) => folder + name)
  const { stdout, stderr } = spawnSync(python!, [script, ...files], { encoding: 'utf8' })
  const theirs = stdout.trim().split('\n').map(Number)
  expect(theirs, stderr).toHaveLength(films.length)
  for (const [at, name] of films.entries()) {
    const bytes = readFileSync(folder + name)
    const { rows, columns } = openImage(bytes).module
    const ours = await median(bytes)
    console.log(
      `| ${name} | ${columns} × ${rows} | ${ours.toFixed(0)} | ${theirs[at]!.toFixed(0)} |`,
    )
  }
})
