import { expect, test } from 'vitest'
import type { JobSnapshot } from '../../../shared/domain/job.ts'
import { describeState, engineFacts, tookWords } from './activityWords.ts'

const job: JobSnapshot = {
  id: 'j',
  kind: 'import',
  title: 'Import of films',
  state: { kind: 'done', detail: '12 films' },
  createdAt: '2026-01-02T03:04:00Z',
  endedAt: '2026-01-02T03:06:05Z',
}

test('a failure is told with its reason', () => {
  expect(describeState({ kind: 'failed', reason: 'The disk is full.' })).toEqual({
    word: 'Failed',
    tone: 'problem',
    detail: 'The disk is full.',
  })
})

test('a job took the time from its start to its end', () => {
  expect(tookWords(job, 0)).toBe('02:05')
})

test('a running job is counted so far, a waiting one not at all', () => {
  const open = { ...job }
  delete open.endedAt
  const now = Date.parse('2026-01-02T03:04:30Z')
  expect(tookWords({ ...open, state: { kind: 'running', detail: '' } }, now)).toBe('00:30')
  expect(tookWords({ ...open, state: { kind: 'queued' } }, now)).toBe('–')
})

test('a stopped engine says why', () => {
  expect(engineFacts({ kind: 'stopped', reason: 'It ended three times.' })).toContainEqual({
    label: 'Why',
    value: 'It ended three times.',
  })
})

test('WebAssembly is told with what it cannot do', () => {
  const info = {
    ...{ tensorflow: 'none', tfjs: '4.22.0', node: '16.17.1', backend: 'WASM' as const },
    ...{ device: 'A processor', threads: 1, memoryBytes: 8e9, warnings: [] },
  }
  expect(engineFacts({ kind: 'ready', info })).toContainEqual({
    label: 'Computes on',
    value: 'WebAssembly on the processor: screening and evaluation only',
  })
})
