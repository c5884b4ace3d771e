/**
 * Import, training, screening and evaluation, round after round in one process with one library. PNEUMOSCOPE_SOAK_MINUTES says how
 * long (three rounds without it). Memory's slope is written down; open files and the write-ahead log are held to bounds.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { localClient } from '../../src/cli/localEngine.ts'
import { engineHandlers } from '../../src/engine/handlers.ts'
import { engineContract } from '../../src/shared/contracts/engine.ts'
import { openLibraryFolder } from '../../src/store/libraryFolder.ts'
import { openStore } from '../../src/store/store.ts'
import { writeFilms } from './films.ts'

const minutes = Number(process.env['PNEUMOSCOPE_SOAK_MINUTES'] ?? 0)
const fewest = 3
const root = mkdtempSync(join(tmpdir(), 'pneumoscope-soak-'))
const at = (...names: string[]) => join(root, ...names)
const engine = localClient(engineContract, engineHandlers())
const MiB = 2 ** 20

beforeAll(async () => {
  process.env['PNEUMOSCOPE_CACHE'] = at('cache')
  await writeFilms(at('films'), 40)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function cli(...words: string[]) {
  const told: string[] = []
  const stream = { write: (text: string) => told.push(text) }
  const signal = new AbortController().signal
  const status = await run(words, { stdout: stream, stderr: stream, engine, signal })
  expect(status, told.join('')).toBe(0)
}

interface Look {
  readonly hours: number
  readonly memoryBytes: number
  readonly files: number
  readonly logBytes: number
}

/** The least squares slope of memory over time, MiB an hour; the first fifth, while caches fill, is left out. */
function slopeOf(looks: readonly Look[]): number {
  const late = looks.slice(Math.floor(looks.length / 5))
  const mean = (of: (look: Look) => number) => late.reduce((sum, look) => sum + of(look), 0) / late.length // prettier-ignore
  const [meanHours, meanBytes] = [mean(({ hours }) => hours), mean((look) => look.memoryBytes)]
  const up = late.reduce((sum, { hours, memoryBytes }) => sum + (hours - meanHours) * (memoryBytes - meanBytes), 0) // prettier-ignore
  const across = late.reduce((sum, { hours }) => sum + (hours - meanHours) ** 2, 0)
  return up / across / MiB
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const openFiles = () => (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0)
const sizeOf = (file: string) => (existsSync(file) ? statSync(file).size : 0)

test('round after round no file stays open and the log of the database stays small', async () => {
  const begun = Date.now()
  const hours = () => (Date.now() - begun) / 3_600_000
  const folder = openLibraryFolder(at('library'))
  // The window has it open all the time.
  const window = openStore(folder, 'window')
  const looks: Look[] = []
  while (looks.length < fewest || hours() * 60 < minutes) {
    const name = `films ${looks.length}`
    await cli('import', at('films'), '--name', name, '--library', folder.root)
    await cli('train', '--data', at('films'), '--spec', 'C: 4 D: 4R', '--input', '16x16x1', '--epochs', '2', '--out', at('run')) // prettier-ignore
    await cli('evaluate', '--model', at('run', 'best'), '--data', at('films'))
    await cli('screen', '--model', at('run', 'best'), '--input', at('films'), '--out', at('scores.csv')) // prettier-ignore
    for (const made of ['run', 'scores.csv']) rmSync(at(made), { recursive: true })
    // A connection of SQLite ends with its statements, and these with their objects.
    collectGarbage()
    const log = sizeOf(`${folder.database}-wal`)
    looks.push({ hours: hours(), memoryBytes: process.memoryUsage().rss, files: openFiles(), logBytes: log }) // prettier-ignore
  }
  expect(window.datasets.all()).toHaveLength(looks.length)
  window.close()
  const [first, last] = [looks[1]!, looks.at(-1)!]
  const log = Math.max(...looks.map(({ logBytes }) => logBytes))
  console.log(`soak: ${looks.length} rounds in ${(hours() * 60).toFixed(1)} min: ${(last.memoryBytes / MiB).toFixed(0)} MiB at the end, slope ${slopeOf(looks).toFixed(1)} MiB/h, open files ${first.files} then ${last.files}, log at most ${(log / MiB).toFixed(1)} MiB`) // prettier-ignore
  expect(last.files).toBeLessThanOrEqual(first.files)
  expect(log).toBeLessThan(64 * MiB)
}, 86_400_000)
