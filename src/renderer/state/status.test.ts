import { expect, test } from 'vitest'
import type { JobSnapshot } from '../../shared/domain/job.ts'
import type { AppStatus } from '../../shared/domain/status.ts'
import { Status } from './status.svelte.ts'

const job = (id: string, state: JobSnapshot['state']): JobSnapshot => ({
  id,
  kind: 'training',
  title: id,
  state,
  createdAt: '2026-01-01T00:00:00.000Z',
})
const done = { kind: 'done', detail: '' } as const
const queued = { kind: 'queued' } as const

test('a job that ends is told once, also when it ran too briefly to be seen', () => {
  let tell: (status: AppStatus) => void = () => undefined
  const status = new Status({
    watchStatus(_input, options) {
      tell = options!.onProgress!
      return new Promise(() => undefined)
    },
  })
  const ended: string[] = []
  status.onJobEnded(({ id }) => ended.push(id))
  void status.watch(new AbortController().signal)
  const say = (...jobs: JobSnapshot[]) => tell({ engine: { kind: 'starting' }, jobs })
  say(job('before', done), job('a', queued))
  expect(status.activeJobs.map(({ id }) => id)).toEqual(['a'])
  expect(ended).toEqual([])
  say(job('before', done), job('a', done), job('brief', done))
  say(job('before', done), job('a', done), job('brief', done))
  expect(ended).toEqual(['a', 'brief'])
})
