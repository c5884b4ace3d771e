/** Every file of the public DICOM collection beside the checkout, against the figures recorded with it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { conformance, documentOf, readManifest, type Conformance } from './dicomConformance.ts'

const folder = fileURLToPath(new URL('../../../shared/dicom/', import.meta.url))
const document = fileURLToPath(new URL('../../docs/dicom-conformance.md', import.meta.url))

test.skipIf(!existsSync(folder))(
  'exact codings give the recorded values, lossy ones lie within the decoders’ difference, the rest is refused in words',
  async () => {
    const rows: Conformance[] = []
    for (const row of readManifest(readFileSync(`${folder}manifest.csv`, 'utf8'))) {
      rows.push(await conformance(folder, row))
    }
    if (process.env['PNEUMOSCOPE_WRITE_CONFORMANCE'] !== undefined) {
      writeFileSync(document, documentOf(rows))
    }
    expect(rows).toHaveLength(153)
    expect(rows.filter(({ holds }) => !holds)).toEqual([])
  },
  900_000,
)
