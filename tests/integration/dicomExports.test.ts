import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { DeidentifiedFilm } from '../../src/shared/domain/deidentification.ts'
import { deidentifyFilms } from '../../src/engine/images/dicom/deidentify/deidentifyFilms.ts'
import { openImage } from '../../src/engine/images/dicom/image.ts'
import { openDicom } from '../../src/engine/images/dicom/openDicom.ts'
import { tags } from '../../src/engine/images/dicom/element.ts'
import { scoreReport } from '../../src/engine/report/scoreReport.ts'
import type { Score } from '../../src/engine/report/scoreWords.ts'
import { secondaryCapture } from '../../src/engine/report/secondaryCapture.ts'
import { sourceFilm } from '../../src/engine/report/sourceFilm.ts'
import { testManifest } from '../../src/engine/report/testManifest.ts'

const films = fileURLToPath(new URL('../../../shared/dicom', import.meta.url))
const script = fileURLToPath(
  new URL('../../scripts/fixtures/read_dicom_exports.py', import.meta.url),
)
const python = process.env['PNEUMOSCOPE_PYTHON'] ?? 'python3'
const hasFilms = existsSync(films)
const hasPydicom = spawnSync(python, ['-c', 'import pydicom, numpy']).status === 0
if (!hasFilms) console.warn('Real DICOM films are not beside the checkout: their exports are not tested') // prettier-ignore
if (!hasPydicom)
  console.warn(`${python} has no pydicom: exports are read back by this program alone`)

const ReadBack = z.object({
  ...{ file: z.string(), syntax: z.string(), metaClass: z.string(), metaInstance: z.string() },
  ...{ class: z.string(), instance: z.string(), study: z.string(), patient: z.string() },
  ...{ preambleIsEmpty: z.boolean(), privates: z.number(), texts: z.array(z.string()) },
  identityRemoved: z.string().optional(),
  methods: z.array(z.string()).optional(),
  pixelBytes: z.string().optional(),
  pixels: z.tuple([z.array(z.number()), z.number(), z.number()]).optional(),
  content: z.array(z.tuple([z.string().nullable(), z.unknown()])).optional(),
})

function readByPydicom(files: readonly string[]) {
  const { stdout, stderr } = spawnSync(python, [script, ...files], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  const lines = stdout.split('\n').filter(Boolean)
  if (lines.length !== files.length) throw new Error(stderr)
  return lines.map((line) => ReadBack.parse(JSON.parse(line)))
}

let folder = ''
const told: DeidentifiedFilm[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pneumoscope-exports-'))
  if (!hasFilms) return
  const shelves = ['chest', 'projection', 'syntax', 'charset', 'pixel', 'nonimage', 'broken']
  const paths = []
  for (const shelf of shelves) {
    for (const name of await readdir(join(films, shelf))) paths.push(join(films, shelf, name))
  }
  const order = {
    paths,
    folder: join(folder, 'set'),
    dates: 'remove',
    keepCharacteristics: false,
  } as const
  await deidentifyFilms(order, {
    signal: new AbortController().signal,
    report: ({ films: each }) => void told.push(...each),
  })
}, 300_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

const written = () => told.flatMap((film) => (film.kind === 'written' ? [film] : []))
/** Of an even number of bytes (PS3.5 7.1.1), as they are in a copy: one of the originals has an odd one. */
const pixelsOf = (bytes: Uint8Array) => {
  const { dataSet } = openDicom(bytes)
  const value = dataSet.value(tags.pixels)
  const filling = Buffer.alloc((value?.length ?? 0) % 2)
  return value && createHash('sha256').update(value).update(filling).digest('hex')
}
/** Names of people as the original spells them, and its ids. */
function identityOf(bytes: Uint8Array): string[] {
  const { dataSet } = openDicom(bytes)
  return [0x0010_0010, 0x0010_0020, 0x0008_0090, 0x0008_0050, 0x0020_000d, 0x0008_0018]
    .flatMap((tag) => (dataSet.ascii(tag) ?? '').split(/[\\^= ]+/))
    .filter((word) => word.length >= 4 && word !== 'NONE')
}

/** Less the pseudonyms, which are drawn: their digits may hold an id of four digits by chance. */
const withoutPseudonyms = (text: string) => text.replaceAll(/2\.25\.\d+|P-[0-9A-F]{10}/g, '')

test.skipIf(!hasFilms)(
  'every real film is copied with its pixels byte by byte, or refused in words',
  async () => {
    expect(written().length).toBeGreaterThan(100)
    for (const { path, file } of written()) {
      const [before, after] = await Promise.all([
        readFile(path),
        readFile(join(folder, 'set', file)),
      ])
      expect(pixelsOf(after), path).toBe(pixelsOf(before))
      expect(after.subarray(0, 128).every((byte) => byte === 0)).toBe(true)
      expect(openImage(after).facts.patientName).toMatch(/^P-/)
    }
    for (const film of told) {
      if (film.kind === 'refused')
        expect(film.refusal.reason).toContain(basename(film.refusal.path))
    }
  },
)

test.skipIf(!hasFilms)(
  'no name, id or UID of an original is left in the text of its copy',
  async () => {
    for (const { path, file } of written()) {
      const { bytes, dataSet } = openDicom(await readFile(join(folder, 'set', file)))
      const pixels = dataSet.element(tags.pixels)?.value.start ?? bytes.length
      const text = withoutPseudonyms(Buffer.from(bytes.subarray(0, pixels)).toString('latin1'))
      for (const word of identityOf(await readFile(path))) expect(text, path).not.toContain(word)
    }
  },
)

test.skipIf(!hasFilms)('the table of what was done names every copy and no original', async () => {
  const table = await readFile(join(folder, 'set', 'deidentification.csv'), 'utf8')
  for (const { file } of written()) expect(table).toContain(file)
  expect(table).not.toContain('.dcm/')
  expect(table).not.toContain(films)
  expect((await stat(join(folder, 'set'))).isDirectory()).toBe(true)
})

test.skipIf(!hasFilms || !hasPydicom)(
  'pydicom reads every copy, finds its statement and no private attribute',
  async () => {
    const copies = written().map(({ file }) => join(folder, 'set', file))
    const found = readByPydicom(copies)
    for (const [at, copy] of found.entries()) {
      const { path, patient } = written()[at]!
      expect(copy.preambleIsEmpty).toBe(true)
      expect(copy.privates, path).toBe(0)
      expect([copy.identityRemoved, copy.methods], path).toEqual(['YES', ['113100']])
      expect([copy.patient, copy.metaInstance]).toEqual([patient, copy.instance])
      const text = withoutPseudonyms(copy.texts.join('\n'))
      for (const word of identityOf(await readFile(path))) expect(text, path).not.toContain(word)
    }
  },
)

test.skipIf(!hasFilms || !hasPydicom)(
  'pydicom reads a report and a Secondary Capture of a real film',
  async () => {
    const image = openImage(await readFile(join(films, 'chest/nih_dx_8bit_implicit.dcm')))
    const { rows, columns } = image.module
    const film = sourceFilm(image)
    const outside: Score['outside'] = [
      { code: 'AGE', detail: 'the patient is 71, those of the training films were 0 to 5' },
      { code: 'FAR', detail: '2.31 from the training films' },
    ]
    const score = { probabilities: [0.25, 0.75], turned: false, outside }
    const scored = { film, score, manifest: testManifest, now: new Date() }
    const pixels = Uint8Array.from(await image.frames.read(0))
    const files = [join(folder, 'sr.dcm'), join(folder, 'sc.dcm')]
    await writeFile(files[0]!, scoreReport(scored))
    await writeFile(files[1]!, secondaryCapture(scored, { rows, columns, pixels }))
    const [report, capture] = readByPydicom(files)
    const content = new Map(report!.content)
    expect(report!.class).toBe('1.2.840.10008.5.1.4.1.1.88.33')
    expect(content.get('SCORE_1')).toEqual([0.75, '1'])
    expect(content.get('THRESHOLD')).toEqual([0.4, '1'])
    expect(content.get('121071')).toEqual(['233604007', 'SCT'])
    expect(report!.content?.filter(([concept]) => concept === 'OUTSIDE')).toEqual([
      ['OUTSIDE', ['AGE', '99PNEUMOSCOPE']],
      ['OUTSIDE', ['FAR', '99PNEUMOSCOPE']],
    ])
    expect(report!.texts).toContain(outside[0]!.detail)
    expect(content.get('IMAGE')).toBe(film.sopInstance)
    expect(content.get('121106')).toContain('Research use only. Not a medical device.')
    expect([report!.study, capture!.study]).toEqual([film.studyUid, film.studyUid])
    expect(capture!.class).toBe('1.2.840.10008.5.1.4.1.1.7')
    const [shape, low, high] = capture!.pixels!
    expect(shape[0]).toBeGreaterThan(rows)
    expect([shape[1], low, high]).toEqual([columns, 0, 255])
  },
)
