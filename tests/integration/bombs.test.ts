/**
 * Small files that would unpack to huge ones, or announce them: each is refused in words, with less than a second of the
 * processor and less than 64 MiB more memory at any moment. What was measured is printed.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDeflateRaw, createGzip, deflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unpackArchives } from '../../src/engine/archive/unpackArchives.ts'
import { readCapsule } from '../../src/engine/capsule/capsuleFile.ts'
import { surveyFolder } from '../../src/engine/data/survey.ts'
import { unzipPackage } from '../../src/engine/exchange/packageZip.ts'
import { crc32 } from '../../src/engine/images/crc32.ts'
import { dicomFile, fragments, imageElements } from '../../src/engine/images/dicom/testing/writeDicom.ts' // prettier-ignore
import { readRaster } from '../../src/engine/images/readRaster.ts'
import { loadPackage, savePackage } from '../../src/engine/models/package.ts'
import { tinyCard, tinyGolden, tinyWeights } from '../../src/engine/models/testing/tinyPackage.ts'
import { readSweep } from '../../src/engine/sweep/readSweep.ts'
import { zipOf, type ZipEntry } from './zipFile.ts'

const mostBytes = 64 * 2 ** 20
const mostMs = 1000

const root = mkdtempSync(join(tmpdir(), 'pneumoscope-bombs-'))
const at = (...names: string[]) => join(root, ...names)
const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../fixtures/images/${name}`, import.meta.url)))
const job = { signal: new AbortController().signal, report: () => undefined }

/** Half a GiB of zeros, raw and as gzip with a head before them: made in pieces, so that the test itself stays small. */
let zeros: Uint8Array
/** A data set may become 200 times the file, whatever it holds; of the whole half GiB these were 100 MiB. */
let fewerZeros: Uint8Array
const zeroBytes = 2 ** 29

async function packedZeros(
  stream: NodeJS.ReadWriteStream,
  { head = Buffer.alloc(0), bytes = zeroBytes }: { head?: Buffer; bytes?: number } = {},
) {
  const piece = Buffer.alloc(2 ** 16)
  stream.write(head)
  void (async () => {
    for (let done = 0; done < bytes; done += piece.length) {
      if (!stream.write(piece)) await new Promise((go) => stream.once('drain', go))
    }
    stream.end()
  })()
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** An idx file of so many pictures of 1,024×1,024. */
const idxHead = (pictures: number) => {
  const head = Buffer.alloc(16)
  head.set([0, 0, 8, 3])
  ;[pictures, 1024, 1024].forEach((side, n) => head.writeUInt32BE(side, 4 + 4 * n))
  return head
}

beforeAll(async () => {
  zeros = await packedZeros(createDeflateRaw({ level: 9 }))
  fewerZeros = await packedZeros(createDeflateRaw({ level: 9 }), { bytes: 2 ** 27 })
  await savePackage(at('package'), tinyCard, tinyWeights, { golden: tinyGolden })
  // Whatever is loaded at the first film and the first package is loaded now.
  writeFileSync(at('first.png'), fixture('grey.png'))
  await readRaster(at('first.png'))
  await loadPackage(at('package'))
}, 300_000)
afterAll(() => rmSync(root, { recursive: true, force: true }))

const chunk = (type: string, data: Uint8Array) => {
  const frame = Buffer.alloc(data.length + 12)
  frame.writeUInt32BE(data.length, 0)
  frame.write(type, 4, 'latin1')
  frame.set(data, 8)
  frame.writeUInt32BE(crc32(frame, 4, frame.length - 4), frame.length - 4)
  return frame
}
const png = (columns: number, rows: number, bits: number, ...chunks: Uint8Array[]) => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(columns, 0)
  header.writeUInt32BE(rows, 4)
  header.set([bits, 0, 0, 0, 0], 8)
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([mark, chunk('IHDR', header), ...chunks, chunk('IEND', Buffer.alloc(0))])
}
/** The zlib form of the zeros: the check sum behind them is never reached. */
const zlibZeros = () => Buffer.concat([Buffer.of(0x78, 0xda), zeros, Buffer.alloc(4)])

/** The fixture with other numbers at a place. */
function changed(name: string, write: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(fixture(name))
  write(bytes)
  return bytes
}
/** Behind the marker of the frame: precision, then rows and columns (ITU-T T.81 B.2.2). */
const jpeg = (rows: number, columns: number) =>
  changed('grey.jpg', (bytes) => {
    const frame = bytes.indexOf(Buffer.of(0xff, 0xc0))
    bytes.writeUInt16BE(rows, frame + 5)
    bytes.writeUInt16BE(columns, frame + 7)
  })

type Make = () => (() => Promise<unknown>) | Promise<() => Promise<unknown>>
const film =
  (bytes: () => Uint8Array): Make =>
  () => {
    writeFileSync(at('bomb.film'), bytes())
    return () => readRaster(at('bomb.film'))
  }
const dicom = (uid: string, image: Parameters<typeof imageElements>[0], pixels: Uint8Array) =>
  Buffer.concat([
    dicomFile(uid, imageElements(image, [0x7fe0_0010, 'OW', '']).slice(0, -1)),
    fragments([], pixels),
  ])
const zip =
  (entries: () => readonly ZipEntry[], read: (file: string) => Promise<unknown>): Make =>
  () => {
    writeFileSync(at('bomb.zip'), zipOf(entries()))
    return () => read(at('bomb.zip'))
  }
const manifest = () => ({ name: 'model.json', content: readFileSync(at('package', 'model.json')) })
const ofFilms = async (file: string) => {
  const { refused } = await unpackArchives({ paths: [file], folder: at('unpacked') }, job)
  throw Object.assign(new Error(refused[0]?.reason), { code: refused[0]?.code })
}
const idx =
  (pictures: number): Make =>
  async () => {
    const bytes = await packedZeros(createGzip({ level: 9 }), { head: idxHead(pictures) })
    rmSync(at('idx'), { recursive: true, force: true })
    mkdirSync(at('idx'))
    writeFileSync(at('idx', 'train-images-idx3-ubyte.gz'), bytes)
    writeFileSync(at('idx', 'train-labels-idx1-ubyte'), Buffer.of(0, 0, 8, 1, 0, 0, 0, 1, 1))
    return async () => {
      const { refused } = await surveyFolder({ paths: [at('idx')] }, job)
      const found = refused.find(({ path }) => path.endsWith('.gz'))
      throw Object.assign(new Error(found?.reason), { code: found?.code })
    }
  }

/** What is handed on, and the code that it is refused with. */
const bombs: [what: string, code: string, make: Make][] = [
  ['a PNG of 60,000×60,000 pixels', 'TOO_LARGE', film(() => png(60_000, 60_000, 8, chunk('IDAT', zlibZeros())))], // prettier-ignore
  ['a PNG of 16 bits that unpacks to more than it announces', 'DAMAGED', film(() => png(2, 2, 16, chunk('IDAT', zlibZeros())))], // prettier-ignore
  ['a JPEG of 65,500×65,500 pixels', 'TOO_LARGE', film(() => jpeg(65_500, 65_500))],
  ['a BMP of 50,000×50,000 pixels', 'TRUNCATED', film(() => changed('grey.bmp', (bytes) => [18, 22].forEach((place) => bytes.writeInt32LE(50_000, place))))], // prettier-ignore
  ['a GIF of 65,535×65,535 pixels', 'TOO_LARGE', film(() => changed('grey.gif', (bytes) => [6, 8].forEach((place) => bytes.writeUInt16LE(65_535, place))))], // prettier-ignore
  ['a deflated DICOM file', 'TOO_LARGE', film(() => Buffer.concat([dicomFile('1.2.840.10008.1.2.1.99', []), fewerZeros]))], // prettier-ignore
  ['a DICOM film of 65,535×65,535 pixels', 'TOO_LARGE', film(() => dicomFile('1.2.840.10008.1.2.1', imageElements({ rows: 65_535, columns: 65_535, bitsAllocated: 16 }, [0x7fe0_0010, 'OW', new Uint8Array(64)])))], // prettier-ignore
  ['a DICOM frame whose JPEG is larger than the film', 'DAMAGED', film(() => dicom('1.2.840.10008.1.2.4.50', { rows: 16, columns: 16 }, jpeg(9000, 9000)))], // prettier-ignore
  ['a deflated DICOM frame of more than the film', 'DAMAGED', film(() => dicom('1.2.840.10008.1.2.8.1', { rows: 16, columns: 16 }, zeros))], // prettier-ignore
  ['a zip of films with one that grows a thousandfold', 'TOO_LARGE', zip(() => [{ name: 'a.bmp', packed: zeros, bytes: zeroBytes }], ofFilms)], // prettier-ignore
  ['a zip of films with one that grows beyond what it announces', 'DAMAGED', zip(() => [{ name: 'a.bmp', packed: zeros, bytes: 1000 }], ofFilms)], // prettier-ignore
  ['a zipped model that grows a thousandfold', 'TOO_LARGE', zip(() => [manifest(), { name: 'weights.bin', packed: zeros, bytes: zeroBytes }], (file) => unzipPackage(file, at('model')))], // prettier-ignore
  ['a zipped model that grows beyond what it announces', 'BAD_MODEL', zip(() => [manifest(), { name: 'weights.bin', packed: zeros, bytes: 20 }], (file) => unzipPackage(file, at('model')))], // prettier-ignore
  ['a zipped model whose entries share their bytes', 'TOO_LARGE', zip(() => [manifest(), { name: 'weights.bin', packed: zeros, bytes: 1000, offset: 0 }], (file) => unzipPackage(file, at('model')))], // prettier-ignore
  ['a capsule that grows a thousandfold', 'TOO_LARGE', zip(() => [{ name: 'model/weights.bin', packed: zeros, bytes: zeroBytes }], readCapsule)], // prettier-ignore
  ['a capsule that grows beyond what it announces', 'DAMAGED', zip(() => [{ name: 'model/weights.bin', packed: zeros, bytes: 20 }], readCapsule)], // prettier-ignore
  ['a compressed idx file that grows a thousandfold', 'TOO_LARGE', idx(512)],
  ['a compressed idx file that grows beyond what it announces', 'DAMAGED', idx(1)],
  [
    'a sweep whose aliases multiply',
    'BAD_INPUT',
    () => () => Promise.resolve().then(() => readSweep(laughs())),
  ],
]

/** Nine lists of nine aliases each of the one before: 387 million words. */
function laughs(): string {
  const lists = Array.from({ length: 9 }, (_, n) => `l${n + 1}: &l${n + 1} [${Array(9).fill(n === 0 ? 'lol' : `*l${n}`).join(', ')}]`) // prettier-ignore
  return `${lists.join('\n')}\n`
}

/** The most memory that the process has held since `clear`, where the system can begin that count anew. */
const peak = {
  clear() {
    try {
      writeFileSync('/proc/self/clear_refs', '5')
    } catch {
      // Then it is the most since the process began, and shows only what is above that.
    }
  },
  bytes(): number {
    try {
      const status = readFileSync('/proc/self/status', 'utf8')
      return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)![1]) * 1024
    } catch {
      return process.resourceUsage().maxRSS * 1024
    }
  },
}

test.each(bombs)('%s is refused', async (what, code, make) => {
  const read = await make()
  peak.clear()
  const [before, from] = [peak.bytes(), process.cpuUsage()]
  await expect(read()).rejects.toMatchObject({ code })
  const { user, system } = process.cpuUsage(from)
  const [ms, bytes] = [(user + system) / 1000, peak.bytes() - before]
  console.log(`${what}: ${ms.toFixed(0)} ms, ${(bytes / 2 ** 20).toFixed(1)} MiB`)
  expect(ms).toBeLessThan(mostMs)
  expect(bytes).toBeLessThan(mostBytes)
})

test('a PNG of 8 bits with more behind its pixels is read as far as it announces', async () => {
  const read = await film(() => png(2, 2, 8, chunk('IDAT', zlibZeros())))()
  peak.clear()
  const before = peak.bytes()
  expect(await read()).toMatchObject({ rows: 2, columns: 2, samples: new Uint8Array(4) })
  expect(peak.bytes() - before).toBeLessThan(mostBytes)
})

test('a bomb that was unpacked would be seen', () => {
  peak.clear()
  const before = peak.bytes()
  const unpacked = deflateSync(Buffer.alloc(2 ** 27, 1))
  expect(unpacked.length).toBeGreaterThan(0)
  expect(peak.bytes() - before).toBeGreaterThan(mostBytes)
})
