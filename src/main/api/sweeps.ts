import { isUnderWay } from '../../shared/domain/run.ts'
import {
  createLibrarySweep,
  exportRunCapsule,
  isUnfinished,
  planLibrarySweep,
  runsOfSweep,
} from '../../workflows/sweep/librarySweep.ts'
import { chooseToSave } from '../chooseFiles.ts'
import type { Area, Context } from '../context.ts'
import { startTrainingJob } from '../trainingJob.ts'

type Sweeps = Area<'planSweep' | 'startSweep' | 'pauseSweep' | 'resumeSweep' | 'exportCapsule'>

export function sweepsApi(context: Context): Sweeps {
  const { desk, jobs, runChanges, window } = context
  return {
    planSweep: (order) => planLibrarySweep(desk, order),
    startSweep: async (order) => {
      const runs = await createLibrarySweep(desk, order)
      for (const run of runs) startTrainingJob(context, run, false)
      runChanges.notify()
      return { sweepId: runs[0]!.sweep!.id, runIds: runs.map(({ id }) => id) }
    },
    pauseSweep: ({ sweepId }) => {
      // Those that wait first, so that none of them takes the place of the one that runs.
      const waiting = runsOfSweep(desk, sweepId).filter(isUnderWay)
      waiting.sort((a, b) => Number(a.status === 'running') - Number(b.status === 'running'))
      for (const { jobId } of waiting) if (jobId !== undefined) jobs.cancel(jobId)
    },
    resumeSweep: ({ sweepId }) => {
      const runs = runsOfSweep(desk, sweepId).filter(isUnfinished)
      for (const run of runs) startTrainingJob(context, run, true)
      runChanges.notify()
      return { runIds: runs.map(({ id }) => id) }
    },
    exportCapsule: async ({ runId }) => {
      const file = await chooseToSave(window(), {
        title: 'Export the run as a capsule',
        defaultPath: 'run.zip',
        filters: [{ name: 'Run capsule', extensions: ['zip'] }],
      })
      if (file === undefined) return false
      await exportRunCapsule(desk, { runId, file })
      return true
    },
  }
}
