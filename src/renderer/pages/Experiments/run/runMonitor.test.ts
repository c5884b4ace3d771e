import { expect, test } from 'vitest'
import type { Run } from '../../../../shared/domain/run.ts'
import type { BatchProgress } from '../../../../shared/domain/training.ts'
import type { CallOptions } from '../../../../shared/rpc/contract.ts'
import { testEpoch, testRun } from '../../../../shared/domain/testing/testRun.ts'
import { RunMonitor } from './runMonitor.svelte.ts'

const live = (batch: number): BatchProgress => ({
  epoch: 1,
  epochs: 2,
  batch,
  batches: 10,
  loss: 0.5,
  accuracy: 0.5,
  imagesPerSecond: 60,
  secondsLeft: 9,
  memoryBytes: 1e9,
})

interface Report {
  readonly run: Run
  readonly live?: BatchProgress | undefined
}

/** A monitor whose clock and stream the test drives. */
function monitored() {
  const called: string[] = []
  const clock = { at: 0 }
  const seen: string[] = []
  let report: (progress: Report) => void = () => undefined
  const monitor = new RunMonitor(
    {
      watchRun: (_, { onProgress, signal }: CallOptions<Report> = {}) => {
        report = onProgress ?? report
        return new Promise((resolve) => signal?.addEventListener('abort', () => resolve()))
      },
      resumeTraining: () => {
        called.push('resume')
        return Promise.resolve({ jobId: 'j2' })
      },
      cancelJob: ({ jobId }) => {
        called.push(`cancel ${jobId}`)
        return Promise.resolve()
      },
    },
    testRun(),
    (run) => seen.push(`${run.status} ${run.epochs.length}`),
    () => clock.at,
  )
  return { monitor, clock, called, seen, tell: (progress: Report) => report(progress) }
}

test('what comes faster than four times a second is gathered, not drawn', () => {
  const { monitor, clock, tell } = monitored()
  void monitor.watch()
  tell({ run: testRun(), live: live(1) })
  clock.at = 100
  tell({ run: testRun(), live: live(2) })
  expect(monitor.live?.batch).toBe(1)
  clock.at = 260
  tell({ run: testRun(), live: live(3) })
  expect(monitor.live?.batch).toBe(3)
  expect(monitor.trace).toHaveLength(3)
})

test('an epoch that ended is shown at once and passed on', () => {
  const { monitor, seen, tell } = monitored()
  void monitor.watch()
  tell({ run: testRun(), live: live(1) })
  tell({ run: testRun({ epochs: [testEpoch(1)] }) })
  expect(monitor.run.epochs).toHaveLength(1)
  tell({ run: testRun({ epochs: [testEpoch(1)], status: 'complete' }), live: live(9) })
  expect(monitor.live).toBeUndefined()
  expect(seen).toEqual(['running 1', 'complete 1'])
})

test('stop cancels the job, resume asks for it and watches again', async () => {
  const { monitor, called, tell } = monitored()
  await monitor.stop()
  const resumed = monitor.resume()
  await Promise.resolve()
  await Promise.resolve()
  tell({ run: testRun({ status: 'queued' }) })
  monitor.close()
  await resumed
  expect(called).toEqual(['cancel j1', 'resume'])
  expect(monitor.run.status).toBe('queued')
})
