/** A table of 10,000 rows of which 1,000 are bad, through the command line. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { localClient } from '../../src/cli/localEngine.ts'
import { randomStream } from '../../src/engine/data/random.ts'
import { shuffled } from '../../src/engine/data/shuffle.ts'
import { engineHandlers } from '../../src/engine/handlers.ts'
import { tensorflow } from '../../src/engine/tensorflow.ts'
import { engineContract } from '../../src/shared/contracts/engine.ts'

const root = mkdtempSync(join(tmpdir(), 'pneumoscope-table-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const rows = 10_000
const each = 125

async function cli(words: readonly string[]) {
  let out = ''
  const status = await run([...words, '--json', '--library', join(root, 'library')], {
    stdout: { write: (text) => (out += text) },
    stderr: { write: () => undefined },
    engine: localClient(engineContract, engineHandlers()),
    signal: new AbortController().signal,
  })
  return { status, record: JSON.parse(out) as Record<string, unknown> }
}

/** Lines of bad rows by the words that the reason is to have; the header is line 1. */
const expected = new Map<number, string>()

beforeAll(async () => {
  const tf = tensorflow()
  const folder = join(root, 'films')
  mkdirSync(folder)
  writeFileSync(join(root, 'outside.png'), 'secret')
  const tensor = tf.tensor3d(new Array<number>(64).fill(90), [8, 8, 1], 'int32')
  const png = await tf.node.encodePng(tensor)
  tensor.dispose()
  const name = (at: number) => `film ${at}, «${at % 7}».png`
  for (let at = 0; at < rows; at++) writeFileSync(join(folder, name(at)), png)

  const quoted = (at: number) => `"${name(at)}"`
  const label = (at: number) => (at % 3 === 0 ? 'NORMAL' : 'PNEUMONIA')
  const bad: [words: string, row: (at: number) => string][] = [
    ['is not in the folder', (at) => `gone-${at}.png,NORMAL,x`],
    ['it has no label', (at) => `${quoted(at)},,x`],
    ['says nothing', (at) => `${quoted(at)},${at % 2 ? 'NaN' : '???'},x`],
    ['a quote is opened', (at) => `"film ${at}.png,NORMAL,x`],
    ['a quote stands inside', (at) => `film "${at}".png,NORMAL,x`],
    ['leads outside the folder', (at) => `${at % 2 ? '../outside.png' : '/etc/passwd'},NORMAL,x`],
    ['is named on line', () => `${quoted(1)},${label(1)},x`],
    ['it has 4 cells', (at) => `${quoted(at)},NORMAL,x,y`],
  ]
  // The first few rows are good, so that what is named twice comes later.
  const places = shuffled(Array.from({ length: rows - 10 }, (_, at) => at + 10), randomStream(5, 'rows')) // prettier-ignore
  const badAt = new Map(places.slice(0, each * bad.length).map((at, n) => [at, bad[n % bad.length]!])) // prettier-ignore
  const lines = ['image,label,__proto__']
  for (let at = 0; at < rows; at++) {
    const wrong = badAt.get(at)
    if (wrong) expected.set(at + 2, wrong[0])
    lines.push(wrong ? wrong[1](at) : `${quoted(at)},${label(at)},"a ""remark"""`)
  }
  writeFileSync(join(root, 'labels.csv'), Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf16le'))
}, 120_000)

test('9,000 films are imported, and the 1,000 bad rows are named with line and reason', async () => {
  const words = ['import', join(root, 'films'), '--name', 'Rows', '--labels', join(root, 'labels.csv')] // prettier-ignore
  const dry = await cli([...words, '--dry-run'])
  expect(dry.record).toMatchObject({ dryRun: true, images: 9000, duplicates: null })
  const { status, record } = await cli(words)
  expect(status).toBe(1)
  expect(record).toMatchObject({
    images: 9000,
    labels: { encoding: 'UTF-16 LE', header: true, rows },
    duplicates: 8999,
  })
  const skipped = record['skipped'] as { line: number; reason: string }[]
  expect(skipped.map(({ line }) => line)).toEqual([...expected.keys()])
  for (const { line, reason } of skipped) {
    expect(reason).toContain(`line ${line}: `)
    expect(reason).toContain(expected.get(line))
  }
  const { NORMAL, PNEUMONIA } = record['classes'] as Record<string, number>
  expect(NORMAL! + PNEUMONIA!).toBe(9000)
  expect(dry.record['skipped']).toEqual(skipped)
}, 180_000)
