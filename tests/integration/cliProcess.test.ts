/** What only a process of its own can show: signals, pipes, exit status. */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { classes, writeFilms } from './films.ts'

/** The command line as built for tests, a process of its own. */
const script = process.env['PNEUMOSCOPE_TESTED_CLI']!
let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pneumoscope-process-'))
  await writeFilms(join(root, 'films'), 40)
})
afterAll(() => rm(root, { recursive: true, force: true }))

const start = (...words: string[]) => startWith({}, ...words)

function startWith(variables: Readonly<Record<string, string>>, ...words: string[]) {
  const env = { ...process.env, PNEUMOSCOPE_CACHE: join(root, 'cache'), ...variables }
  const child = spawn(process.execPath, [script, ...words], { cwd: root, env })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  // What nobody reads fills the pipe and stops the process.
  child.stderr.resume()
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  return { child, ended, output: () => text }
}

test('Ctrl+C stops a training, which keeps and tests its best epoch', async () => {
  const words = ['--data', 'films', '--preset', 'digits', '--epochs', '5000', '--out', 'run']
  const { child, ended, output } = start('train', ...words, '--json')
  child.stdout.on('data', () => {
    if (output().includes('"epoch":2')) child.kill('SIGINT')
  })
  expect(await ended).toBe(0)
  const last: unknown = JSON.parse(output().trimEnd().split('\n').at(-1)!)
  expect(last).toMatchObject({ model: join(root, 'run', 'best'), ended: 'stopped' })
  expect((await readdir(join(root, 'run', 'best'))).sort()).toEqual([
    'envelope.bin',
    'golden.bin',
    'model.json',
    'weights.bin',
  ])
})

test('a reader that closes the pipe is no failure', async () => {
  const { child, ended } = start('summary', '--preset', 'digits')
  child.stdout.destroy()
  expect(await ended).toBe(0)
})

test('a wrong call ends with 2', async () => {
  expect(await start('inspect', classes[0]).ended).toBe(2)
})

test.each([
  ['in smaller pieces where that fits', 500, 0],
  ['not at all where nothing fits, naming the budget', 150, 3],
])('little memory: a step is made %s', async (_how, megabytes, status) => {
  // The most that TensorFlow may allocate; a step of the tutorial network at once needs more than either.
  const little = { TF_MKL_ALLOC_MAX_BYTES: String(megabytes * 1e6) }
  const words = ['--data', 'films', '--preset', 'pneumonia-vgg-lite', '--epochs', '1']
  const out = ['--out', `little-${megabytes}`, '--json']
  const { ended, output } = startWith(little, 'train', ...words, ...out)
  expect(await ended).toBe(status)
  const last: unknown = JSON.parse(output().trimEnd().split('\n').at(-1)!)
  expect(last).toMatchObject(
    status === 0
      ? { ended: 'complete' }
      : {
          error: {
            code: 'OUT_OF_MEMORY',
            message: expect.stringContaining('budget 1100 MB') as string,
          },
        },
  )
})
