import type { sweepsContract } from '../../shared/contracts/appAreas/sweeps.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { AppError } from '../../shared/errors.ts'
import { deleteRuns } from '../../workflows/runFiles.ts'
import { createLibrarySweep } from '../../workflows/sweep/librarySweep.ts'
import { previewSweep } from '../../workflows/sweep/previewSweep.ts'
import { librarySweep, sweepSummaries } from '../../workflows/sweep/sweepProgress.ts'
import type { Context } from '../context.ts'

export function sweepsApi({
  desk,
  sweeps,
  runChanges,
  sweepChanges,
}: Context): Handlers<typeof sweepsContract> {
  const { store } = desk
  return {
    planSweep: (order) => previewSweep(desk, order),
    startSweep: async (order) => {
      const { id } = await createLibrarySweep(desk, order)
      sweeps.advance(id)
      runChanges.notify()
      return { sweepId: id }
    },
    pauseSweep: ({ sweepId }) => sweeps.pause(sweepId),
    resumeSweep: async ({ sweepId }) => ({ runIds: await sweeps.resume(sweepId) }),
    prioritiseSweep: ({ sweepId, priority }) => sweeps.prioritise(sweepId, priority),
    deleteSweep: async ({ sweepId }) => {
      const { name } = store.sweeps.get(sweepId)
      if (sweeps.isGoing(sweepId)) {
        throw new AppError('CONFLICT', `The sweep '${name}' is not finished: pause it first`)
      }
      const runIds = store.runs.ofSweep(sweepId).map(({ id }) => id)
      const bytesFreed = await deleteRuns(desk, { runIds })
      store.sweeps.delete(sweepId)
      runChanges.notify()
      return { bytesFreed }
    },
    listSweeps: () => sweepSummaries(desk),
    watchSweep: ({ sweepId }, { signal, report }) =>
      sweepChanges.watch(signal, () => {
        const sweep = store.sweeps.find(sweepId)
        if (sweep) report(librarySweep(sweep, store.runs.ofSweep(sweepId)))
        return sweep !== undefined
      }),
  }
}
