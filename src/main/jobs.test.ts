import { expect, test } from 'vitest'
import type { JobSnapshot } from '../shared/domain/job.ts'
import { AppError, throwIfCancelled } from '../shared/errors.ts'
import type { Job } from '../shared/rpc/contract.ts'
import { createJobs, reckon, type JobProgress } from './jobs.ts'

function start() {
  const saved: JobSnapshot[] = []
  let nowMs = 1_700_000_000_000
  const jobs = createJobs({
    save: (snapshot) => saved.push(snapshot),
    onChange: () => undefined,
    onFailure: () => undefined,
    nowMs: () => ++nowMs,
  })
  const kinds = (id: string) =>
    saved.filter((snapshot) => snapshot.id === id).map(({ state }) => state.kind)
  return { jobs, saved, kinds }
}

/** Work that ends when it is told to. */
function gate() {
  let open!: () => void
  const opened = new Promise<void>((resolve) => (open = resolve))
  const run = async ({ signal }: Job<JobProgress>) => {
    await opened
    throwIfCancelled(signal)
    return 'all'
  }
  return { run, open }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

test('jobs run one at a time, in the order of asking', async () => {
  const { jobs, kinds } = start()
  const [first, second] = [gate(), gate()]
  const a = jobs.start({ kind: 'import', title: 'A', run: first.run })
  const b = jobs.start({ kind: 'training', title: 'B', run: second.run })
  await settled()
  expect(jobs.snapshots().map(({ title, state }) => [title, state.kind])).toEqual([
    ['A', 'running'],
    ['B', 'queued'],
  ])
  first.open()
  await settled()
  expect(kinds(a)).toEqual(['queued', 'running', 'done'])
  expect(kinds(b)).toEqual(['queued', 'running'])
  second.open()
  await settled()
  expect(jobs.snapshots().map(({ title, state }) => [title, state.kind])).toEqual([
    ['B', 'done'],
    ['A', 'done'],
  ])
})

test('a waiting job is cancelled at once, a running one when it has stopped', async () => {
  const { jobs, kinds } = start()
  const running = gate()
  let told = 0
  const a = jobs.start({ kind: 'import', title: 'A', run: running.run })
  const b = jobs.start({
    kind: 'training',
    title: 'B',
    run: gate().run,
    onNeverRun: () => told++,
  })
  jobs.cancel(b)
  expect(kinds(b)).toEqual(['queued', 'cancelled'])
  expect(told).toBe(1)
  jobs.cancel(a)
  expect(kinds(a)).toEqual(['queued', 'running'])
  running.open()
  await settled()
  expect(kinds(a)).toEqual(['queued', 'running', 'cancelled'])
  jobs.cancel(a)
  jobs.cancel('unknown')
  expect(kinds(a)).toHaveLength(3)
})

test('a failure says why, and the next job runs', async () => {
  const { jobs, saved, kinds } = start()
  const failing = () => Promise.reject(new AppError('DISK_FULL', 'The disk is full'))
  jobs.start({ kind: 'import', title: 'A', run: failing })
  const b = jobs.start({ kind: 'import', title: 'B', run: () => Promise.resolve('7 films') })
  await settled()
  expect(saved.find(({ state }) => state.kind === 'failed')?.state).toEqual({
    kind: 'failed',
    reason: 'The disk is full',
  })
  expect(kinds(b)).toEqual(['queued', 'running', 'done'])
})

test('the time left follows from the speed so far', () => {
  expect(reckon(0.25, 30)).toBe(90)
  expect(reckon(1, 30)).toBe(0)
  expect(reckon(undefined, 30)).toBeUndefined()
  expect(reckon(0.01, 30)).toBeUndefined()
})

test('what is of higher priority begins first, and a priority may change while it waits', async () => {
  const { jobs } = start()
  const running = gate()
  jobs.start({ kind: 'training', title: 'running', run: running.run })
  const low = jobs.start({ kind: 'training', title: 'low', priority: -1, run: gate().run })
  const usual = jobs.start({ kind: 'training', title: 'usual', run: gate().run })
  jobs.start({ kind: 'training', title: 'high', priority: 5, run: gate().run })
  jobs.start({ kind: 'training', title: 'usual too', run: gate().run })
  const titles = () => jobs.snapshots().map(({ title }) => title)
  expect(titles()).toEqual(['running', 'high', 'usual', 'usual too', 'low'])
  jobs.prioritise(low, 5)
  expect(titles()).toEqual(['running', 'high', 'low', 'usual', 'usual too'])
  jobs.hurry(usual)
  jobs.start({ kind: 'training', title: 'high too', priority: 5, run: gate().run })
  expect(titles()).toEqual(['running', 'usual', 'high', 'low', 'high too', 'usual too'])
  running.open()
  await settled()
  expect(titles()[0]).toBe('usual')
})
