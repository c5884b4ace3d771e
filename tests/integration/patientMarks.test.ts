/** What films tell of their patients is planted as marks, every flow is run, and the marks are looked for outside the database. */
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { localClient } from '../../src/cli/localEngine.ts'
import { engineHandlers } from '../../src/engine/handlers.ts'
import type { Written } from '../../src/engine/images/dicom/testing/writeDicom.ts'
import { loadedModels } from '../../src/engine/predict/loadModel.ts'
import { engineContract } from '../../src/shared/contracts/engine.ts'
import { writeDicomFilm } from '../e2e/dicomFilm.ts'

let root = ''
const at = (...names: string[]) => join(root, ...names)
const mark = (n: number) => `MARKED${String(n).padStart(2, '0')}`

/** Beside name and id, which `writeDicomFilm` plants: who, when, where, by whom. */
const planted: readonly (readonly [tag: number, vr: string])[] = [
  [0x00080050, 'SH'],
  [0x00080080, 'LO'],
  [0x00080081, 'ST'],
  [0x00080090, 'PN'],
  [0x00081010, 'SH'],
  [0x00081030, 'LO'],
  [0x0008103e, 'LO'],
  [0x00081048, 'PN'],
  [0x00081050, 'PN'],
  [0x00081070, 'PN'],
  [0x00101000, 'LO'],
  [0x00101001, 'PN'],
  [0x00101040, 'LO'],
  [0x00101060, 'PN'],
  [0x00102154, 'SH'],
  [0x00102180, 'SH'],
  [0x001021b0, 'LT'],
  [0x00104000, 'LT'],
]

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pneumoscope-marks-'))
  process.env['PNEUMOSCOPE_CACHE'] = at('cache')
  for (const name of ['NORMAL', 'PNEUMONIA']) {
    await mkdir(at('films', name), { recursive: true })
    for (let film = 0; film < 8; film++) {
      writeDicomFilm(at('films', name), `${film}`, {
        ...{ rows: 56, columns: 64, haze: film / 20 },
        ...{ patientId: `${mark(0)}-${name}-${film}`, patientName: `${mark(1)}^${name}${film}` },
        more: planted.map(([tag, vr], n): Written => [tag, vr, mark(n + 2)]),
      })
    }
    // One is cut off, so that it is refused.
    const whole = await readFile(at('films', name, '0'))
    await writeFile(at('films', name, 'cut'), whole.subarray(0, whole.length - 100))
  }
})
afterAll(async () => {
  loadedModels.clear()
  await rm(root, { recursive: true, force: true })
})

/** All that a call says on both streams. */
async function said(...words: string[]): Promise<string> {
  const told: string[] = []
  const stream = { write: (text: string) => told.push(text) }
  await run(words, {
    ...{ stdout: stream, stderr: stream },
    engine: localClient(engineContract, engineHandlers()),
    signal: new AbortController().signal,
  })
  return told.join('')
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = entries.map((entry) =>
    entry.isDirectory()
      ? filesBelow(join(folder, entry.name))
      : Promise.resolve([join(folder, entry.name)]),
  )
  return (await Promise.all(found)).flat()
}

test('no mark of a patient is said, logged or written outside the database', async () => {
  const library = ['--library', at('library')]
  const flows: string[][] = [
    ['inspect', at('films')],
    ['import', at('films'), '--name', 'films', ...library],
    ['quality', '--data', 'films', ...library],
    ['dataset', 'split', 'films', ...library],
    ['train', '--data', at('films'), '--spec', 'C: 4 D: 4R', '--input', '32x32x1', '--epochs', '1', '--out', at('run')], // prettier-ignore
    ['evaluate', '--model', at('run', 'best'), '--data', at('films'), '--out', at('judged.csv')],
    ['screen', '--model', at('run', 'best'), '--input', at('films'), '--out', at('scores.csv'), '--explain', at('maps')], // prettier-ignore
    ['deidentify', at('films'), '--out', at('copies')],
    ['capsule', '--run', at('run'), '--data', at('films'), '--out', at('capsule.zip')],
    ['audit', '--out', at('trail.csv'), ...library],
  ]
  for (const [at, words] of flows.entries()) {
    const text = await said(...words, ...(at % 2 === 0 ? ['--json'] : []))
    expect(text.length, words[0]).toBeGreaterThan(0)
    expect(text, words[0]).not.toMatch(/MARKED\d\d/)
  }
  // The marks are there to be found: in the films, and in the database, for display.
  expect((await readFile(at('films', 'NORMAL', '1'))).includes(mark(1))).toBe(true)
  expect((await readFile(at('library', 'library.sqlite'))).includes(mark(1))).toBe(true)
  const own = /[\\/]films[\\/]|library\.sqlite/
  const written = (await filesBelow(root)).filter((file) => !own.test(file))
  expect(written.length).toBeGreaterThan(20)
  for (const file of written) {
    expect((await readFile(file)).includes('MARKED'), file).toBe(false)
  }
}, 1_200_000)
