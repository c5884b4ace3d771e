/** The program's own DICOM parser against dicom-parser: the same elements where both read a file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as dicomParser from 'dicom-parser'
import { expect, test } from 'vitest'
import { openDicom } from '../../src/engine/images/dicom/openDicom.ts'
import { AppError } from '../../src/shared/errors.ts'

const folder = fileURLToPath(new URL('../../../shared/dicom/', import.meta.url))
const shelves = ['chest', 'projection', 'syntax', 'pixel', 'charset', 'nonimage', 'broken']

const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work()
  } catch {
    return undefined
  }
}

/** «x00080018» → [its value's first byte, its length], of the data set alone. */
function theirs(bytes: Uint8Array): Map<number, [number, number]> | undefined {
  const set = attempt(() => dicomParser.parseDicom(bytes))
  return (
    set &&
    new Map(
      Object.values(set.elements)
        .filter(({ tag }) => !tag.startsWith('x0002') && !tag.startsWith('xfff'))
        .map(({ tag, dataOffset, length }) => [parseInt(tag.slice(1), 16), [dataOffset, length]]),
    )
  )
}

test.skipIf(!existsSync(folder))(
  'in every public file that both read, all elements lie where dicom-parser finds them',
  () => {
    let compared = 0
    for (const shelf of shelves) {
      for (const name of readdirSync(join(folder, shelf))) {
        const bytes = readFileSync(join(folder, shelf, name))
        const opened = attempt(() => openDicom(bytes))
        const others = theirs(bytes)
        // Deflated files are compared in what they inflate to, which dicom-parser keeps to itself.
        if (!opened || !others || opened.transferSyntax.deflated) continue
        for (const [tag, [start]] of others) {
          const own = opened.dataSet.element(tag)
          expect(own?.value.start, `${shelf}/${name} ${tag.toString(16)}`).toBe(start)
        }
        compared++
      }
    }
    expect(compared).toBeGreaterThan(110)
  },
)

test.skipIf(!existsSync(folder))(
  'of changed files, none that is damaged is thrown at callers as anything but a typed error',
  () => {
    const whole = readFileSync(join(folder, 'pixel/mr_small_implicit.dcm'))
    let seed = 1
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (let mutant = 0; mutant < 2000; mutant++) {
      const bytes = Uint8Array.from(whole)
      for (let change = 0; change < 4; change++) bytes[random(2000)] = random(256)
      try {
        openDicom(bytes)
      } catch (cause) {
        expect(cause).toBeInstanceOf(AppError)
      }
    }
  },
)
