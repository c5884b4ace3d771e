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
import { extname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unpackArchives } from '../../src/engine/archive/unpackArchives.ts'
import { readCapsule, writeCapsule } from '../../src/engine/capsule/capsuleFile.ts'
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
/** Of each kind in every test run; `npm run test:long` makes twenty times as many. */
const usual = 1000
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
  await savePackage(join(root, 'plain'), tinyCard, tinyWeights)
  const { manifest } = await loadPackage(join(root, 'plain'))
  const film = { file: 'NORMAL/a.png', class: 'NORMAL', patient: 'a', sha256: 'a'.repeat(64) }
  await writeCapsule(join(root, 'whole-capsule.zip'), {
    capsule: {
      ...{ format: 'pneumoscope-capsule', version: 1, createdAt: '2024-01-01T00:00:00.000Z' },
      ...{ manifest, validation: null, test: null, software: { pneumoscope: '0' } },
      films: [
        { ...film, part: 'train' },
        { ...film, part: 'test', probabilities: [0.25, 0.75] },
      ],
    },
    manifest: readFileSync(join(root, 'plain', 'model.json')),
    weights: readFileSync(join(root, 'plain', 'weights.bin')),
  })
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

/** Unpacked as an import unpacks it, and looked through. */
async function readFilmZip(bytes: Buffer) {
  const file = join(root, 'films.zip')
  const folder = join(root, 'archives')
  await rm(folder, { recursive: true, force: true })
  mkdirSync(folder)
  await writeFile(file, bytes)
  const job = { signal: new AbortController().signal, report: () => undefined }
  const { paths } = await unpackArchives({ paths: [file], folder }, job)
  const { films: found, refused } = await surveyFolder({ paths }, job)
  for (const { path } of [...found, ...refused])
    if (path !== file && !path.startsWith(folder + sep)) throw new Error(`outside: ${path}`)
}

/** The capsule, and the model in it as any other. */
async function readCapsuleBytes(bytes: Buffer) {
  const file = join(root, 'run.zip')
  await writeFile(file, bytes)
  const { manifest, weights } = await readCapsule(file)
  const folder = join(root, 'of-capsule')
  await rm(folder, { recursive: true, force: true })
  mkdirSync(folder)
  await writeFile(join(folder, 'model.json'), manifest)
  await writeFile(join(folder, 'weights.bin'), weights)
  await loadPackage(folder)
}

const targets: readonly Target[] = [
  { kind: 'jpeg', samples: images('.jpg'), damage: damaged, read: (bytes) => decodeRaster(bytes) }, // prettier-ignore
  { kind: 'png', samples: images('.png'), damage: pngDamaged, read: (bytes) => decodeRaster(bytes) }, // prettier-ignore
  { kind: 'csv', samples: () => tables.map((text) => Buffer.from(text)), damage: textDamaged, read: readTableBytes }, // prettier-ignore
  { kind: 'zip', samples: zipSamples, damage: damaged, read: readZip },
  { kind: 'package', samples: bundles, damage: textDamaged, read: readBundle },
  { kind: 'films.zip', samples: filmZips, damage: damaged, read: readFilmZip },
  { kind: 'capsule', samples: capsules, damage: textDamaged, read: readCapsuleBytes },
]

/** Deflated and stored, with folders, and one of a name that leads out. */
function filmZips(): Buffer[] {
  const png = readFileSync(join(fixtures, 'images', 'grey.png'))
  const jpeg = readFileSync(join(fixtures, 'images', 'grey.jpg'))
  const zips: Zippable[] = [
    { 'train/NORMAL/a.png': png, 'train/PNEUMONIA/b.jpg': [jpeg, { level: 0 }] },
    { 'a.png': [png, { level: 9 }], 'notes.txt': strToU8('none'), 'deep/er/b.jpg': jpeg },
    { '../a.png': png, 'own.png': png },
  ]
  return zips.map((zip) => Buffer.from(zipSync(zip)))
}

function capsules(): Buffer[] {
  const capsule = readFileSync(join(root, 'whole-capsule.zip'))
  // Not packed, so that words in it are damaged as well as the packing.
  const open = Object.fromEntries(Object.entries(unzipSync(capsule)).map(([name, bytes]) => [name, [bytes, { level: 0 }] as const])) // prettier-ignore
  return [capsule, Buffer.from(zipSync(open as Zippable))]
}

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
    const count = Number(asked ?? usual)
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
