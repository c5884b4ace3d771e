import { expect, test } from 'vitest'
import type { JobSnapshot, JobState } from '../../../shared/domain/job.ts'
import { ActivityLog } from './activityLog.svelte.ts'

const job = (id: string, state: JobState): JobSnapshot => ({
  id,
  kind: 'import',
  title: id,
  state,
  createdAt: `2026-01-0${id}T00:00:00Z`,
})
const about = () =>
  Promise.resolve({
    ...{ version: '1', electron: '', chromium: '', node: '', platform: '', libraryFolder: '' },
  })
const done: JobState = { kind: 'done', detail: '' }

test('running work stands first, then the newest; a stream keeps the list fresh', async () => {
  let stored = [job('1', done), job('2', { kind: 'running', detail: '1 of 4' }), job('3', done)]
  const log = new ActivityLog({
    listJobs: () => Promise.resolve(stored),
    about,
  })
  await log.open()
  expect(log.jobs?.map(({ id }) => id)).toEqual(['2', '3', '1'])
  await log.follow([job('2', done)])
  expect(log.jobs?.map(({ id }) => id)).toEqual(['3', '2', '1'])
  stored = [job('1', done), job('2', done), job('3', done), job('4', { kind: 'queued' })]
  await log.follow([job('4', { kind: 'queued' })])
  expect(log.jobs?.[0]?.id).toBe('4')
})

test('what waits stands in the order in which it will begin', async () => {
  const waiting: JobState = { kind: 'queued' }
  const stored = [job('1', done), job('2', waiting), job('3', waiting)]
  const log = new ActivityLog({ listJobs: () => Promise.resolve(stored), about })
  await log.open()
  await log.follow([job('2', waiting), job('3', waiting)])
  expect(log.jobs?.map(({ id }) => id)).toEqual(['2', '3', '1'])
  await log.follow([job('3', waiting), job('2', waiting)])
  expect(log.jobs?.map(({ id }) => id)).toEqual(['3', '2', '1'])
})
