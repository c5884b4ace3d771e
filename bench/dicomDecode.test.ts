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

/** Milliseconds on the clock, and of the processor whatever else the machine does. */
async function once(bytes: Uint8Array): Promise<[clock: number, processor: number]> {
  const started = performance.now()
  const before = process.cpuUsage()
  // Another view: of the same one the frame would be remembered.
  await openImage(bytes.subarray()).frames.read(0)
  const { user, system } = process.cpuUsage(before)
  return [performance.now() - started, (user + system) / 1000]
}

async function medians(bytes: Uint8Array): Promise<string> {
  // The first runs are those of a cold compiler.
  for (let run = 0; run < 3; run++) await once(bytes)
  const runs: (readonly [number, number])[] = []
  for (let run = 0; run < 9; run++) runs.push(await once(bytes))
  const median = (which: 0 | 1) => runs.map((run) => run[which]).sort((a, b) => a - b)[4]!
  return `${median(0).toFixed(0)} | ${median(1).toFixed(0)}`
}

test.skipIf(python === undefined)(
  'decoding is timed beside pydicom',
  async () => {
    const script = fileURLToPath(new URL('dicom_decode.py', import.meta.url))
    const files = films.map((name) => folder + name)
    const { stdout, stderr } = spawnSync(python!, [script, ...files], { encoding: 'utf8' })
    const theirs = stdout.trim().split('\n')
    expect(theirs, stderr).toHaveLength(films.length)
    for (const [at, name] of films.entries()) {
      const bytes = readFileSync(folder + name)
      const { rows, columns } = openImage(bytes).module
      console.log(`| ${name} | ${columns} × ${rows} | ${await medians(bytes)} | ${theirs[at]!} |`)
    }
  },
  600_000,
)
