/** Damaged DICOM files are read or refused in words, whatever was damaged; `npm run dicom-fuzz` makes many more. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { crc32 } from '../../src/engine/images/crc32.ts'
import { openImage } from '../../src/engine/images/dicom/image.ts'
import { decoders } from '../../src/engine/images/dicom/decoders.ts'
import { inspectDicom } from '../../src/engine/images/dicom/inspectDicom.ts'
import { openDicom } from '../../src/engine/images/dicom/openDicom.ts'
import { peekDicom } from '../../src/engine/images/dicom/peekDicom.ts'
import { renderDicom } from '../../src/engine/images/dicom/renderDicom.ts'
import { chanceOf, mutant } from '../../src/engine/images/dicom/testing/mutate.ts'
import { readVariants } from '../../src/engine/images/dicom/testing/variants.ts'
import { decodeRaster } from '../../src/engine/images/readRaster.ts'
import { AppError } from '../../src/shared/errors.ts'

const corpus = fileURLToPath(new URL('../fixtures/dicom/corpus/', import.meta.url))
const count = Number(process.env['PNEUMOSCOPE_FUZZ'] ?? 100)
const firstSeed = Number(process.env['PNEUMOSCOPE_FUZZ_SEED'] ?? 1)

/** Everything that is ever asked of a file, one after the other. The first problem that is no refusal in words. */
async function faultOf(bytes: Buffer): Promise<unknown> {
  const askings = [
    () => Promise.resolve(peekDicom(bytes)),
    () => inspectDicom('film.dcm', bytes),
    () => decodeRaster(bytes),
    () => renderDicom(bytes, 1),
    () => Promise.resolve(openImage(bytes).facts),
  ]
  for (const ask of askings) {
    try {
      await ask()
    } catch (cause) {
      const isRefusal = cause instanceof AppError && cause.code !== 'INTERNAL'
      if (!isRefusal) return cause
      if (!/^[^\n]{10,300}$/.test(cause.message))
        return `too few or too many words: ${cause.message}`
    }
  }
  return undefined
}

/** Among them JPEG XL that once kept its library busy for ever: the refusal is the library's, not that of the clock. */
test('what was found once is read or refused in words, and not because time ran out', async () => {
  for (const name of readdirSync(corpus)) {
    const bytes = readFileSync(corpus + name)
    expect(await faultOf(bytes), name).toBeUndefined()
    const outcome: unknown = await decodeRaster(bytes).catch((cause: unknown) => cause)
    expect(String(outcome), name).not.toContain('could not be unpacked within')
  }
}, 600_000)

test(`of ${count} damaged files none is answered with anything but a film or a refusal in words`, async () => {
  const films = readVariants.filter(({ bytes }) => openDicom(bytes).dataSet.elements.size > 0)
  const found: string[] = []
  // Of the processor, whatever else the machine does.
  let slowestMs = 0
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const chance = chanceOf(seed)
    const { name, bytes } = chance.oneOf(films)
    const damaged = mutant(bytes, chance)
    const before = process.cpuUsage()
    const fault = await faultOf(damaged.bytes)
    const { user, system } = process.cpuUsage(before)
    const busyMs = (user + system) / 1000
    slowestMs = Math.max(slowestMs, busyMs)
    const isSlow = process.env['PNEUMOSCOPE_FUZZ'] !== undefined && busyMs > 2000
    if (fault === undefined && !isSlow) continue
    const words = isSlow ? `${busyMs.toFixed(0)} ms` : String(fault)
    found.push(`${seed}: ${name}; ${damaged.how.join(', ')}: ${words}`)
    if (process.env['PNEUMOSCOPE_FUZZ'] === undefined) continue
    mkdirSync(corpus, { recursive: true })
    // By content: the same seed gives another file once there is another film or damage to choose from.
    const sum = crc32(damaged.bytes, 0, damaged.bytes.length).toString(16).padStart(8, '0')
    writeFileSync(`${corpus}${sum}.dcm`, damaged.bytes)
  }
  console.log(
    `${count} damaged files from seed ${firstSeed}: ${found.length} finds, slowest ${slowestMs.toFixed(0)} ms of processor time, ${decoders.threads()} threads`,
  )
  expect(found).toEqual([])
}, 7_200_000)
