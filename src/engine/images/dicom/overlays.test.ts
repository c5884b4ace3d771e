import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openImage } from './image.ts'
import { readOverlays } from './overlays.ts'
import { renderDicom } from './renderDicom.ts'

const Plane = z.object({
  label: z.string(),
  top: z.number(),
  left: z.number(),
  rows: z.array(z.string()),
})
/** Made and read back with pydicom by scripts/fixtures/dicom_overlays.py. */
const cases = z
  .array(
    z.object({
      name: z.string(),
      file: z.string(),
      missed: z.number(),
      frames: z.array(z.array(Plane)),
    }),
  )
  .parse(
    JSON.parse(
      readFileSync(
        new URL('../../../../tests/fixtures/dicom/overlays.json', import.meta.url),
        'utf8',
      ),
    ),
  )

const bit = (bits: Uint8Array, at: number) => (bits[at >> 3]! >> (at & 7)) & 1

test.each(cases)('$name: every bit is where it was drawn', async ({ file, missed, frames }) => {
  const image = openImage(Buffer.from(file, 'base64'))
  for (const [frame, planes] of frames.entries()) {
    const found = await readOverlays(image.file, image.module, frame)
    expect(found.missed).toBe(missed)
    const drawn = found.overlays.map(({ label, top, left, rows, columns, bits }) => ({
      ...{ label, top, left },
      rows: Array.from({ length: rows }, (_, row) =>
        Array.from({ length: columns }, (__, column) => bit(bits, row * columns + column)).join(''),
      ),
    }))
    expect(drawn).toEqual(planes)
  }
})

const shared = fileURLToPath(new URL('../../../../../shared/dicom/', import.meta.url))

test.skipIf(!existsSync(shared))(
  'planes of public films have as many bits as pydicom counts, also where they lie outside of the film',
  async () => {
    const mr = await renderDicom(readFileSync(`${shared}pixel/overlay_nonsquare_mr.dcm`), 1)
    const label = 'Siemens MedCom Object Graphics'
    expect(mr.overlays).toEqual([{ label, rows: 300, columns: 484, top: 0, left: 0 }])
    expect(setBits(mr.overlayBits)).toBe(222)
    const name = 'projection/mammo_biopsy_overlay_out_of_bounds.dcm'
    const biopsy = await renderDicom(readFileSync(shared + name), 1)
    expect(biopsy.overlays).toEqual([
      { label: 'First reference mark', rows: 101, columns: 101, top: 703, left: 408 },
      { label: 'First target mark', rows: 101, columns: 101, top: -26, left: -26 },
    ])
    expect(setBits(biopsy.overlayBits)).toBe(201 + 201)
  },
)

const setBits = (bytes: Uint8Array | undefined) =>
  [...(bytes ?? [])].reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
