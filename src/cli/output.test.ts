import { expect, test } from 'vitest'
import { createOutput } from './output.ts'
import { clock, figure, table } from './table.ts'

function streams(isTTY: boolean) {
  const written = { out: '', err: '' }
  return {
    written,
    stdout: { write: (text: string) => (written.out += text) },
    stderr: { write: (text: string) => (written.err += text), isTTY, columns: 60 },
  }
}

test('with --json, standard output holds one object a line and nothing else', () => {
  const { stdout, stderr, written } = streams(true)
  const output = createOutput(true, stdout, stderr)
  output.print('for people')
  output.record({ a: 1 })
  output.progress(0.5, 'half')
  output.note('a remark')
  expect(written).toEqual({ out: '{"a":1}\n', err: 'a remark\n' })
})

test('a terminal has a bar, which gives way to lines', () => {
  const { stdout, stderr, written } = streams(true)
  const output = createOutput(false, stdout, stderr)
  output.progress(0.5, 'half')
  expect(written.err).toContain(`${'█'.repeat(12)}${'░'.repeat(12)}  50 % half`)
  output.print('done')
  expect(written.err.endsWith('\r\u001b[2K')).toBe(true)
  expect(written.out).toBe('done\n')
})

test('where there is no terminal there is no bar', () => {
  const { stdout, stderr, written } = streams(false)
  createOutput(false, stdout, stderr).progress(0.5, 'half')
  expect(written.err).toBe('')
})

test('numbers stand to the right, words to the left', () => {
  expect(
    table(
      ['Layer', 'Params'],
      [
        ['dense', '1,290'],
        ['conv', '8'],
      ],
    ).split('\n'),
  ).toEqual(['Layer  Params', '─────  ──────', 'dense   1,290', 'conv        8'])
})

test('an unknown figure is a dash; times read like a clock', () => {
  expect([figure(undefined), figure(null), figure(0.12345)]).toEqual(['–', '–', '0.123'])
  expect([clock(75), clock(3675), clock(0.4)]).toEqual(['1:15', '1:01:15', '0:00'])
})
