import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { engineHandlers } from '../engine/handlers.ts'
import { engineContract } from '../shared/contracts/engine.ts'
import { localClient } from './localEngine.ts'
import { run } from './run.ts'

/** Runs the command in this process and returns what it wrote. */
async function cli(...words: string[]) {
  const out: string[] = []
  const err: string[] = []
  const status = await run(words, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    engine: localClient(engineContract, engineHandlers()),
    signal: new AbortController().signal,
  })
  return { status, stdout: out.join(''), stderr: err.join('') }
}
const parsed = (text: string): unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)

test('the tutorial network has its published parameters, layer by layer', async () => {
  const { status, stdout } = await cli('summary', '--preset', 'pneumonia-vgg-lite', '--json')
  expect(status).toBe(0)
  expect(parsed(stdout)).toEqual([
    expect.objectContaining({ totalParams: 11_169_089, trainableParams: 11_169_089 }),
  ])
  const [{ layers }] = parsed(stdout) as [{ layers: { params: number }[] }]
  const params = layers.map((layer) => layer.params).filter((count) => count > 0)
  expect(params).toEqual([896, 18_496, 73_856, 11_075_712, 129])
  expect(Object.keys(layers[0]!)).toEqual(['name', 'type', 'outputShape', 'params'])
})

test('a notation has its published parameters', async () => {
  const spec = 'C: 16n 16n d¼ 32n 32n d¼ D: 8R 8R'
  const words = ['summary', '--spec', spec, '--input', '180x180x3', '--classes', '10', '--json']
  const { status, stdout } = await cli(...words)
  expect(status).toBe(0)
  expect(parsed(stdout)).toEqual([expect.objectContaining({ totalParams: 490_554 })])
})

test('input and classes can be others', async () => {
  const words = [
    'summary',
    '--preset',
    'pneumonia-vgg-lite',
    '--input',
    '64x64x1',
    '--classes',
    '3',
  ]
  const { stdout } = await cli(...words, '--json')
  const [{ layers }] = parsed(stdout) as [{ layers: { outputShape: number[] }[] }]
  expect(layers[0]!.outputShape).toEqual([62, 62, 32])
  expect(layers.at(-1)!.outputShape).toEqual([3])
})

test('a person gets a table', async () => {
  const { stdout } = await cli('summary', '--preset', 'digits')
  expect(stdout).toContain('93,322 parameters')
})

test.each([
  [[], 'usage:'],
  [['fly'], 'There is no verb «fly»'],
  [['summary'], '--preset or --spec is missing'],
  [['summary', '--preset', 'nothing'], 'There is no preset «nothing»'],
  [['summary', '--spec', 'C: 16q'], '  C: 16q\n       ^'],
  [['summary', '--preset', 'digits', '--input', '8x8'], 'HEIGHTxWIDTHxCHANNELS'],
  [['summary', '--preset', 'digits', '--colour'], '--colour'],
  [['inspect', '/no/such/file'], 'there is no such file or folder'],
  [['train', '--data', '/no/such/folder', '--preset', 'digits', '--epochs', '0'], '--epochs 0'],
  [['evaluate', '--data', '.'], '--model is missing'],
  [['screen', '--model', 'x', '--out', 'y.csv'], '--input'],
])('a wrong call (%j) ends with 2 and says why', async (words, reason) => {
  const { status, stdout, stderr } = await cli(...words)
  expect(status).toBe(2)
  expect(stderr).toContain(reason)
  expect(stdout).toBe('')
})

test('with --json a wrong call is one JSON line, too', async () => {
  const { status, stdout } = await cli('summary', '--preset', 'nothing', '--json')
  expect(status).toBe(2)
  expect(parsed(stdout)).toEqual([
    { error: { code: 'BAD_INPUT', message: expect.stringContaining('nothing') as string } },
  ])
})

test('a mistake in a notation is told with its place', async () => {
  const { stdout } = await cli('summary', '--spec', 'C: 16n 16q d¼', '--json')
  expect(parsed(stdout)).toEqual([
    {
      error: {
        code: 'BAD_INPUT',
        message: expect.stringMatching(/^--spec: Character 10: [^\n]*$/) as string,
        ...{ position: 9, length: 1, line: 1, column: 10 },
      },
    },
  ])
})

test('help and version are told, also of a verb', async () => {
  expect((await cli('--help')).stdout).toContain('Research use only')
  expect((await cli('train', '--help')).stdout).toContain('--class-weights')
  expect((await cli('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('samples are written, inspected, and told of file by file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pneumoscope-cli-'))
  const out = join(folder, 'films')
  const made = await cli('samples', '--out', out, '--count', '4', '--size', '64', '--json')
  expect(parsed(made.stdout)).toEqual([{ folder: out, films: 4 }])
  expect((await readdir(out)).sort()).toEqual(['NORMAL', 'PNEUMONIA'])
  await writeFile(join(out, 'notes.txt'), 'no picture')
  const { status, stdout } = await cli('inspect', out, '--json')
  const lines = parsed(stdout) as { file: string; error?: { code: string }; rows?: number }[]
  expect(status).toBe(1)
  expect(lines.filter(({ rows }) => rows === 64)).toHaveLength(4)
  expect(lines.filter(({ error }) => error?.code === 'UNSUPPORTED')).toHaveLength(1)
  expect(await readFile(join(out, 'notes.txt'), 'utf8')).toBe('no picture')
  await rm(folder, { recursive: true })
})
