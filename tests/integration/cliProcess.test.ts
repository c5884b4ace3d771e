/** What only a process of its own can show: signals, pipes, exit status. */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { classes, writeFilms } from './films.ts'

const script = fileURLToPath(new URL('cliInChild.mjs', import.meta.url))
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
  expect((await readdir(join(root, 'run', 'best'))).sort()).toEqual(['model.json', 'weights.bin'])
})

test('a reader that closes the pipe is no failure', async () => {
  const { child, ended } = start('summary', '--preset', 'digits')
  child.stdout.destroy()
  expect(await ended).toBe(0)
})

test('a wrong call ends with 2', async () => {
  expect(await start('inspect', classes[0]).ended).toBe(2)
})

test('a step that does not fit the memory ends with 3 and names the budget', async () => {
  // The most that TensorFlow may allocate; a step of the tutorial network needs more.
  const little = { TF_MKL_ALLOC_MAX_BYTES: String(400e6) }
  const words = ['--data', 'films', '--preset', 'pneumonia-vgg-lite', '--epochs', '1']
  const { ended, output } = startWith(little, 'train', ...words, '--out', 'big', '--json')
  expect(await ended).toBe(3)
  expect(JSON.parse(output().trimEnd().split('\n').at(-1)!)).toMatchObject({
    error: { code: 'OUT_OF_MEMORY', message: expect.stringContaining('budget 1200 MB') as string },
  })
})
