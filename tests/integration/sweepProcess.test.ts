/** A sweep that is killed goes on to the same numbers. */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeFilms } from './films.ts'

/** The command line as built for tests, a process of its own. */
const script = process.env['PNEUMOSCOPE_TESTED_CLI']!
let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pneumoscope-sweep-'))
  await writeFilms(join(root, 'films'), 40)
  await writeFile(
    join(root, 'sweep.yaml'),
    `
base: { spec: 'C: 4 4 D: 4R', input: 16x16x1, epochs: 4, batch: 8, learningRate: 0.01, batchNorm: true }
grid:
  dropout: [0, 0.2]
seeds: [1, 2]
halving: { keep: 0.5, epochs: 2 }
`,
  )
})
afterAll(() => rm(root, { recursive: true, force: true }))

interface Ended {
  readonly status: number | null
  readonly text: string
  readonly notes: string
}

function start(out: string, file = 'sweep.yaml') {
  const env = { ...process.env, PNEUMOSCOPE_CACHE: join(root, 'cache') }
  const words = ['sweep', file, '--data', 'films', '--out', out, '--json']
  const child = spawn(process.execPath, [script, ...words], { cwd: root, env })
  let text = ''
  let notes = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (notes += chunk.toString()))
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (status) => resolve({ status, text, notes })),
  )
  return { child, ended }
}

/** Kills it once the training in that folder has left a checkpoint. */
async function killedIn(out: string, run: string): Promise<void> {
  const { child, ended } = start(out)
  const checkpoint = join(root, out, 'runs', run, 'checkpoint.bin')
  for (;;) {
    if (child.exitCode !== null) throw new Error('The sweep ended before it was killed')
    const isThere = await readFile(checkpoint).then(
      () => true,
      () => false,
    )
    if (isThere) break
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  child.kill('SIGKILL')
  await ended
}

/** Rows without what depends on the clock. */
const rowsOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line): Record<string, unknown> => ({ ...(JSON.parse(line) as object), seconds: 0 }))

test(
  'killed twice, it ends with the rows of an undisturbed sweep',
  { timeout: 900_000 },
  async () => {
    const whole = await start('whole').ended
    expect(whole.status, whole.notes).toBe(0)
    const rows = rowsOf(whole.text)
    expect(rows.map((row) => row['status']).sort()).toEqual(['complete', 'halved'])
    expect(rows.every((row) => row['runs'] === 2 && typeof row['valAccuracyBestSd'] === 'number')).toBe(true) // prettier-ignore

    await killedIn('killed', '01-seed2')
    await killedIn('killed', '02-seed2')
    const resumed = await start('killed').ended
    expect(resumed.status, resumed.notes).toBe(0)
    expect(rowsOf(resumed.text)).toEqual(rows)
    // Once more there is nothing to train: the same rows at once.
    const again = await start('killed').ended
    expect(again.status, again.notes).toBe(0)
    expect(rowsOf(again.text), again.notes).toEqual(rows)
  },
)

test('another sweep in the same folder is refused', async () => {
  await writeFile(join(root, 'other.yaml'), "base: { spec: 'C: 4 D: 4R', input: 16x16x1 }\n")
  const { status, text } = await start('whole', 'other.yaml').ended
  expect(status).toBe(2)
  expect(text).toContain('holds another sweep')
})
