/** Compares what we read of a DICOM file with what was recorded for it. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { openFrames } from '../../src/engine/images/dicom/frames.ts'
import { nameOfObject } from '../../src/engine/images/dicom/objectNames.ts'
import { openDicom } from '../../src/engine/images/dicom/openDicom.ts'
import { pixelElement, readPixelModule } from '../../src/engine/images/dicom/pixelModule.ts'
import { readVariants, refusedVariants } from '../../src/engine/images/dicom/testing/variants.ts'
import type { StoredSamples } from '../../src/engine/images/dicom/storedValues.ts'
import { sniffFormat } from '../../src/engine/images/format.ts'
import { toAppError } from '../../src/shared/errors.ts'

type Row = Readonly<Record<string, string>>

export interface Conformance {
  readonly file: string
  readonly syntax: string
  readonly found: string
  readonly holds: boolean
}

/** Lines of CSV whose fields may be quoted. */
export function readManifest(text: string): Row[] {
  const [head = [], ...rows] = text.trim().split('\n').map(fieldsOf)
  return rows.map((fields) => Object.fromEntries(head.map((name, at) => [name, fields[at] ?? ''])))
}

const fieldsOf = (line: string): string[] =>
  Array.from(line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g), ([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain ?? '').trim(),
  )

export async function conformance(folder: string, row: Row): Promise<Conformance> {
  const file = row['file'] ?? ''
  const common = { file, syntax: row['transfer_syntax'] ?? '' }
  try {
    return { ...common, ...(await compare(readFileSync(folder + file), row)) }
  } catch (cause) {
    const { code, message } = toAppError(cause)
    // A refusal is right where no figures were recorded either.
    const holds = row['decoded_min'] === '' && code !== 'INTERNAL'
    return { ...common, holds, found: `refused: ${message}` }
  }
}

/** Levels that two right decoders of a lossy coding may differ by: the largest that was recorded, or 1. */
const allowed = (row: Row) =>
  Math.max(
    1,
    ...Array.from((row['decoders_maxdiff'] ?? '').matchAll(/:(\d+)/g), ([, n]) => Number(n)).filter(
      (n) => n < 256,
    ),
  )

async function compare(bytes: Uint8Array, row: Row) {
  if (sniffFormat(bytes) !== 'dicom')
    return { holds: row['decoded_min'] === '', found: 'refused: no DICOM' }
  const dicom = openDicom(bytes)
  const element = pixelElement(dicom.dataSet)
  if (!element) return { holds: row['decoded_min'] === '', found: `object: ${nameOfObject(dicom)}` }
  const module = readPixelModule(dicom.dataSet, element)
  const frames = openFrames(dicom, module)
  const hash = createHash('sha256')
  let [minimum, maximum, sum, count] = [Infinity, -Infinity, 0, 0]
  for (let frame = 0; frame < frames.count; frame++) {
    const stored = asRecorded(await frames.read(frame), row['decoded_dtype'] ?? '')
    for (const value of stored) {
      minimum = Math.min(minimum, value)
      maximum = Math.max(maximum, value)
      sum += value
    }
    count += stored.length
    hash.update(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength))
  }
  const mean = sum / count
  const [low, high, middle] = ['decoded_min', 'decoded_max', 'decoded_mean'].map((name) =>
    Number(row[name]),
  )
  const figures = `${minimum} – ${maximum}, mean ${mean.toFixed(6)}`
  if (row['decoded_min'] === '') return { holds: true, found: `${figures}; nothing recorded` }
  const isSame =
    minimum === low &&
    maximum === high &&
    Math.abs(mean - middle!) < 1e-5 * Math.max(1, Math.abs(middle!))
  const isEqual = hash.digest('hex') === row['decoded_sha256']
  if (row['exact'] === 'yes') {
    return {
      holds: isSame && isEqual,
      found: `${figures}; ${isEqual ? 'every value equal' : 'values differ'}`,
    }
  }
  const worst = Math.max(Math.abs(minimum - low!), Math.abs(maximum - high!))
  const holds = worst <= allowed(row) && Math.abs(mean - middle!) <= 1
  return {
    holds,
    found: `${figures}; ${isEqual ? 'every value equal' : `lossy: extremes differ by ${worst}, the mean by ${Math.abs(mean - middle!).toFixed(3)}`}`,
  }
}

/** The recorded hash is of little-endian numbers of the recorded kind. */
function asRecorded(stored: StoredSamples, kind: string): StoredSamples {
  if (kind === 'uint16' || kind === '>u2') return Uint16Array.from(stored)
  if (kind === 'int16' || kind === '>i2') return Int16Array.from(stored)
  return stored
}

const cell = (text: string) => text.replaceAll('|', '\\|')

/** Made films: `variants.test.ts` holds every one of them to its values or words. */
function variantLines(): string[] {
  const read = readVariants.map(({ name, min, max, mean, tolerance, readBy }) => {
    const figures = `${min} – ${max}, mean ${mean.toFixed(2)}${tolerance > 0 ? `; lossy: within ${tolerance}` : ''}`
    const peer = readBy.replace(/^none: /, 'not read elsewhere: ')
    return `| ${cell(name)} | ${figures} | ${cell(peer)} |`
  })
  const refused = refusedVariants.map(
    ({ name, refused }) => `| ${cell(name)} | refused: «… ${cell(refused)} …» | |`,
  )
  return [
    '## Ways of writing',
    '',
    'What devices, archives and converters write and the public files lack, made by `scripts/fixtures/dicom_variants.py` with',
    'values that are known, and read beside pydicom 3.0.2 (pylibjpeg, pyjpegls, GDCM) or imagecodecs 2026.3.6. The last column',
    'names who else gives these values, or why pydicom does not.',
    '',
    '| film | stored values | read by |',
    '| --- | --- | --- |',
    ...read,
    ...refused,
    '',
  ]
}

export function documentOf(rows: readonly Conformance[]): string {
  const lines = rows.map(
    ({ file, syntax, found, holds }) =>
      `| ${cell(file)} | ${cell(syntax)} | ${cell(found)} | ${holds ? 'yes' : '**no**'} |`,
  )
  return [
    '# DICOM conformance',
    '',
    'Written by `npm run dicom-conformance`: stored values of public DICOM files over all frames and samples, before any',
    'table, against figures recorded from pydicom 3.0.2 and its plugins (JPEG extended: DCMTK 3.6.7). Exact codings must give',
    'every value; lossy ones may differ by as much as those decoders do among each other. A file without recorded figures',
    'must be named or refused in words.',
    '',
    `${rows.filter(({ holds }) => holds).length} of ${rows.length} files hold.`,
    '',
    '| file | transfer syntax | read | holds |',
    '| --- | --- | --- | --- |',
    ...lines,
    '',
    ...variantLines(),
  ].join('\n')
}
