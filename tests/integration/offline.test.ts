/** Without a network: every system call of the command line is looked at, and none makes a socket that leads out of the machine. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildPrograms, runToEnd } from './builtPrograms.ts'

const root = mkdtempSync(join(tmpdir(), 'pneumoscope-offline-'))
const strace = '/usr/bin/strace'
let built = ''
beforeAll(async () => {
  built = await buildPrograms('offline')
}, 300_000)
afterAll(() => {
  for (const folder of [root, built]) rmSync(folder, { recursive: true, force: true })
})

const at = (...names: string[]) => join(root, ...names)
const library = ['--library', at('library')]

const calls: readonly (readonly string[])[] = [
  ['doctor'],
  ['samples', '--out', at('films'), '--count', '24', '--size', '64'],
  ['import', at('films'), '--name', 'films', ...library],
  ['quality', '--data', 'films', ...library],
  ['train', '--data', at('films'), '--spec', 'C: 4 D: 4R', '--input', '32x32x1', '--epochs', '1', '--out', at('run')], // prettier-ignore
  ['evaluate', '--model', at('run', 'best'), '--data', at('films')],
  ['screen', '--model', at('run', 'best'), '--input', at('films'), '--out', at('scores.csv')],
  ['models', ...library],
  ['audit', ...library],
]

/** A netlink socket asks the machine's own kernel, here for its interfaces. The kinds of sockets that were made, and where something was connected to. */
function socketsIn(folder: string): string[] {
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n')) // prettier-ignore
  return lines.filter((line) => /^(?:socket|connect|sendto)\(/.test(line))
}

test('from films to scores no socket is made that leads out of the machine', async (context) => {
  const traced = at('traces')
  const trace = (args: readonly string[]) => {
    rmSync(traced, { recursive: true, force: true })
    mkdirSync(traced)
    const words = ['-ff', '-qq', '-e', 'trace=socket,connect,sendto', '-o', join(traced, 'trace')]
    return runToEnd(strace, [...words, process.execPath, ...args], {
      PNEUMOSCOPE_CACHE: at('cache'),
    })
  }
  if (!existsSync(strace)) context.skip('strace is not installed')
  const probe = await trace(['-e', "require('net').connect(9, '127.0.0.1').on('error', () => 0)"])
  // Containers may forbid to trace; then nothing could be seen.
  if (probe.status !== 0) context.skip(`strace may not trace here: ${probe.said.slice(0, 200)}`)
  expect(socketsIn(traced).join('\n')).toMatch(/socket\(AF_INET/)
  for (const words of calls) {
    const { status, said } = await trace([join(built, 'cli.js'), ...words])
    expect(status, said).toBe(0)
    const outward = socketsIn(traced).filter((line) =>
      /AF_(?!UNIX|LOCAL|UNSPEC|NETLINK)\w+/.test(line),
    )
    expect(outward, words[0]).toEqual([])
  }
}, 900_000)
