/**
 * Damaged pictures, tables, zip files and model packages are read or refused in words, whatever was damaged. DICOM has a
 * test of its own (dicomFuzz.test.ts). `npm run test:long` makes many more; what is found becomes a file of
 * tests/fixtures/corpus, which every run reads again.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { surveyFolder } from '../../src/engine/data/survey.ts'
import { unzipPackage, zipPackage } from '../../src/engine/exchange/packageZip.ts'
import { chanceOf } from '../../src/engine/images/dicom/testing/mutate.ts'
import { decodeRaster } from '../../src/engine/images/readRaster.ts'
import { loadPackage, savePackage } from '../../src/engine/models/package.ts'
import { tinyCard, tinyGolden, tinyWeights } from '../../src/engine/models/testing/tinyPackage.ts'
import { AppError } from '../../src/shared/errors.ts'
import { damaged, pngDamaged, textDamaged, type Damage } from './damage.ts'

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url))
const corpus = join(fixtures, 'corpus')
const asked = process.env['PNEUMOSCOPE_FUZZ']
const firstSeed = Number(process.env['PNEUMOSCOPE_FUZZ_SEED'] ?? 1)
/** Of the processor, whatever else the machine does. */
const longestMs = 2000
/** What the process may hold more after all of them than after the first hundred. */
const memoryBytes = 256 * 2 ** 20

const root = mkdtempSync(join(tmpdir(), 'pneumoscope-fuzz-'))
const packed = join(root, 'package')
const films = join(root, 'films')
beforeAll(async () => {
  await savePackage(packed, tinyCard, tinyWeights, { golden: tinyGolden })
  await zipPackage(packed, join(root, 'whole.zip'))
  mkdirSync(films)
  const jpegHead = Buffer.of(0xff, 0xd8, 0xff, 0xe0, 0, 16)
  for (const name of ['film0.png', 'film1.png', 'Körper.png', '00000001_000.png']) {
    writeFileSync(join(films, name), jpegHead)
  }
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Answers nothing when the bytes were read or refused in words; otherwise what is wrong. */
async function faultOf(read: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await read()
    return undefined
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code === 'INTERNAL') return String(cause)
    return /^[^\n]{10,400}$/.test(cause.message) ? undefined : `words: ${cause.message}`
  }
}

interface Target {
  readonly kind: string
  /** In every test run; `npm run test:long` says how many otherwise. */
  readonly count: number
  readonly samples: () => readonly Buffer[]
  readonly damage: Damage
  readonly read: (bytes: Buffer) => Promise<unknown>
}

const images = (extension: string) => () =>
  readdirSync(join(fixtures, 'images'))
    .filter((name) => extname(name) === extension)
    .map((name) => readFileSync(join(fixtures, 'images', name)))

const tables = [
  'film,label,patient\nfilm0.png,NORMAL,p0\nfilm1.png,PNEUMONIA,p1\n',
  'sep=;\r\nfilm;"label; more";part\r\n"a ""b"".png";x;train\r\n',
  'Image Index\tFinding Labels\tView\n00000001_000.png\tInfiltration|Effusion\tPA\n',
  '\uFEFFDatei,Befund\nKörper.png,=1+1\n',
]

async function readTableBytes(bytes: Buffer) {
  const file = join(root, 'table.csv')
  await writeFile(file, bytes)
  const job = { signal: new AbortController().signal, report: () => undefined }
  await surveyFolder({ paths: [films], labels: { file } }, job)
}

async function readZip(bytes: Buffer) {
  const file = join(root, 'model.zip')
  const folder = join(root, 'unzipped')
  await rm(folder, { recursive: true, force: true })
  await writeFile(file, bytes)
  await unzipPackage(file, folder)
  await loadPackage(folder)
}

/** The first byte says which file of the package the others are. */
async function readBundle(bytes: Buffer) {
  const folder = join(root, 'damaged')
  await rm(folder, { recursive: true, force: true })
  await cp(packed, folder, { recursive: true })
  // Only one file is another, so that the guards behind the first one are reached, too.
  const names = readdirSync(packed).sort()
  const name = names[(bytes[0] ?? 0) % names.length]!
  await writeFile(join(folder, name), bytes.subarray(1))
  await loadPackage(folder)
}

const targets: readonly Target[] = [
  { kind: 'jpeg', count: 200, samples: images('.jpg'), damage: damaged, read: (bytes) => decodeRaster(bytes) }, // prettier-ignore
  { kind: 'png', count: 200, samples: images('.png'), damage: pngDamaged, read: (bytes) => decodeRaster(bytes) }, // prettier-ignore
  { kind: 'csv', count: 300, samples: () => tables.map((text) => Buffer.from(text)), damage: textDamaged, read: readTableBytes }, // prettier-ignore
  { kind: 'zip', count: 100, samples: zipSamples, damage: damaged, read: readZip },
  { kind: 'package', count: 100, samples: bundles, damage: textDamaged, read: readBundle },
]

function zipSamples(): Buffer[] {
  const file = join(root, 'whole.zip')
  return [readFileSync(file), Buffer.from(zipSync({ 'model.json': readFileSync(join(packed, 'model.json')) }))] // prettier-ignore
}

function bundles(): Buffer[] {
  const names = readdirSync(packed).sort()
  return names.map((name, at) => Buffer.concat([Buffer.of(at), readFileSync(join(packed, name))]))
}

test.each(targets)(
  'damaged files ($kind): each is read or refused in words',
  async (target) => {
    const { kind, samples, damage, read } = target
    const count = asked === undefined ? target.count : Number(asked)
    const whole = samples()
    const found: string[] = []
    let slowestMs = 0
    let heldBytes = 0
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const chance = chanceOf(seed)
      const bytes = damage(chance.oneOf(whole), chance)
      const before = process.cpuUsage()
      const fault = await faultOf(() => read(bytes))
      const { user, system } = process.cpuUsage(before)
      const busyMs = (user + system) / 1000
      slowestMs = Math.max(slowestMs, busyMs)
      if (seed === firstSeed + 99) heldBytes = process.memoryUsage().rss
      const isSlow = asked !== undefined && busyMs > longestMs
      if (fault === undefined && !isSlow) continue
      found.push(`${kind} ${seed}: ${isSlow ? `${busyMs.toFixed(0)} ms` : (fault ?? '')}`)
      if (asked === undefined) continue
      mkdirSync(corpus, { recursive: true })
      writeFileSync(join(corpus, `${seed}.${kind}`), bytes)
    }
    const growth = process.memoryUsage().rss - heldBytes
    console.log(`${kind}: ${count} damaged files from seed ${firstSeed}: ${found.length} finds, slowest ${slowestMs.toFixed(0)} ms of processor time, ${(growth / 2 ** 20).toFixed(0)} MiB more at the end`) // prettier-ignore
    expect(found).toEqual([])
    if (asked !== undefined) expect(growth).toBeLessThan(memoryBytes)
  },
  7_200_000,
)

test('what was found once is read or refused in words', async () => {
  for (const name of existsSync(corpus) ? readdirSync(corpus) : []) {
    const target = targets.find(({ kind }) => name.endsWith(`.${kind}`))
    if (!target) continue
    const bytes = await readFile(join(corpus, name))
    expect(await faultOf(() => target.read(bytes)), name).toBeUndefined()
  }
}, 120_000)
