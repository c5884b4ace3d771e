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
const noHalves = {
  listHalfImports: () => Promise.resolve([]),
  resumeImport: () => Promise.resolve({ jobId: '9' }),
}
const done: JobState = { kind: 'done', detail: '' }

test('running work stands first, then the newest; a stream keeps the list fresh', async () => {
  let stored = [job('1', done), job('2', { kind: 'running', detail: '1 of 4' }), job('3', done)]
  const log = new ActivityLog({
    listJobs: () => Promise.resolve(stored),
    about,
    ...noHalves,
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
  const log = new ActivityLog({ listJobs: () => Promise.resolve(stored), about, ...noHalves })
  await log.open()
  await log.follow([job('2', waiting), job('3', waiting)])
  expect(log.jobs?.map(({ id }) => id)).toEqual(['2', '3', '1'])
  await log.follow([job('3', waiting), job('2', waiting)])
  expect(log.jobs?.map(({ id }) => id)).toEqual(['3', '2', '1'])
})

test('the newest word on an import that was interrupted offers to go on with it, until it does', async () => {
  const first = { ...job('1', { kind: 'cancelled' }), subjectId: 'a' }
  const last: JobSnapshot = { ...job('2', { kind: 'interrupted' }), subjectId: 'a' }
  const whole = { ...job('3', done), subjectId: 'b' }
  const halves = [{ id: 'a', name: 'Half', createdAt: '2026-01-01T00:00:00Z', images: 7 }]
  const resumed: string[] = []
  let jobs = [first, last, whole]
  const log = new ActivityLog({
    listJobs: () => Promise.resolve(jobs),
    about,
    listHalfImports: () => Promise.resolve(halves),
    resumeImport: ({ datasetId }) => {
      resumed.push(datasetId)
      jobs = [...jobs, { ...job('4', { kind: 'running', detail: '' }), subjectId: 'a' }]
      return Promise.resolve({ jobId: '4' })
    },
  })
  await log.open()
  expect([first, last, whole].map((each) => log.canResume(each))).toEqual([false, true, false])
  await log.resume(last)
  expect(resumed).toEqual(['a'])
  // What is there is still half an import, but one that is being gone on with.
  expect(jobs.map((each) => log.canResume(each))).toEqual([false, false, false, false])
})
