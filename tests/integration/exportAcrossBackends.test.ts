/** A trained model that leaves one computer and arrives on another: on WebAssembly, and in Keras. */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localClient } from '../../src/cli/localEngine.ts'
import { run } from '../../src/cli/run.ts'
import {
  kerasPython,
  scoredInKeras,
  withoutKeras,
} from '../../src/engine/exchange/testing/kerasPython.ts'
import { engineHandlers } from '../../src/engine/handlers.ts'
import { loadedModels } from '../../src/engine/predict/loadModel.ts'
import { engineContract } from '../../src/shared/contracts/engine.ts'
import { writeFilms } from './films.ts'

/** The command line as built for tests, a process of its own. */
const script = process.env['PNEUMOSCOPE_TESTED_CLI']!
const count = 24
let root = ''
const at = (...names: string[]) => join(root, ...names)
type Line = Record<string, unknown>
const lines = (text: string): Line[] => text.trimEnd().split('\n').map((line) => JSON.parse(line) as Line) // prettier-ignore

/** The command on TensorFlow, in this process. */
async function onTensorFlow(...words: string[]): Promise<Line[]> {
  let [out, err] = ['', '']
  const status = await run([...words, '--json'], {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    engine: localClient(engineContract, engineHandlers()),
    signal: new AbortController().signal,
  })
  expect(status, err).toBe(0)
  return lines(out)
}

/** The command on WebAssembly, which only a process of its own can have. */
async function onWebAssembly(...words: string[]): Promise<Line[]> {
  const env = { ...process.env, PNEUMOSCOPE_BACKEND: 'wasm' }
  const child = spawn(process.execPath, [script, ...words, '--json'], { cwd: root, env })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
  expect(status, err).toBe(0)
  return lines(out)
}

/** The column `probability` of a screening, in the order of the files. */
async function scoresIn(file: string): Promise<number[]> {
  const [header, ...rows] = (await readFile(file, 'utf8')).trimEnd().split('\r\n')
  const column = header!.split(',').indexOf('probability')
  return rows.map((row) => Number(row.split(',')[column]))
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pneumoscope-backends-'))
  process.env['PNEUMOSCOPE_CACHE'] = at('cache')
  await writeFilms(at('films'), count)
  const training = ['--data', at('films'), '--preset', 'digits', '--epochs', '2', '--batch', '8']
  await onTensorFlow('train', ...training, '--out', at('run'))
  await onTensorFlow('models', 'import', at('run', 'best'), '--library', at('here'))
  await mkdir(at('exported'))
}, 240_000)
afterAll(async () => {
  loadedModels.clear()
  await rm(root, { recursive: true, force: true })
})

async function exported(format: 'zip' | 'keras'): Promise<string> {
  const all = await onTensorFlow('models', '--library', at('here'))
  const id = String(all.find(({ name }) => name !== 'bundled')!['id'])
  const to = ['--to', at('exported'), '--format', format, '--library', at('here')]
  return String((await onTensorFlow('models', 'export', id, ...to)).at(-1)!['folder'])
}

test('a model trained on TensorFlow and exported as a zip gives the same scores on WebAssembly', async () => {
  const file = await exported('zip')
  const films = ['--input', at('films'), '--precision', 'float32']
  await onTensorFlow('screen', '--model', at('run'), ...films, '--out', at('here.csv'))
  expect((await onWebAssembly('doctor'))[0]).toMatchObject({ backend: 'WASM' })
  const [model] = await onWebAssembly('models', 'import', file, '--library', at('there'))
  const there = ['--model', String(model!['id']), '--library', at('there')]
  await onWebAssembly('screen', ...there, ...films, '--out', at('there.csv'))
  const [expected, found] = [await scoresIn(at('here.csv')), await scoresIn(at('there.csv'))]
  expect(expected).toHaveLength(count)
  // The films differ, so that a constant would not do.
  expect(Math.max(...expected) - Math.min(...expected)).toBeGreaterThan(1e-3)
  const worst = Math.max(...expected.map((score, film) => Math.abs(score - found[film]!)))
  process.stdout.write(`WebAssembly differs by at most ${worst}\n`)
  expect(worst).toBeLessThan(1e-4)
}, 240_000)

test('the same model gives the same scores in Keras', async (context) => {
  const python = kerasPython()
  if (python === undefined) {
    context.skip(withoutKeras)
    return
  }
  const { films, worst } = scoredInKeras(python, await exported('keras'))
  process.stdout.write(`Keras differs by at most ${worst}\n`)
  expect(films).toBe(8)
  expect(worst).toBeLessThan(1e-4)
}, 240_000)
