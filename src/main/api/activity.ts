import type { activityContract } from '../../shared/contracts/appAreas/activity.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import type { Context } from '../context.ts'

export const activityApi = ({ desk, jobs }: Context): Handlers<typeof activityContract> => ({
  listJobs: ({ limit }) => {
    // The store knows beginnings and ends; how far a running one is, only the queue knows.
    const current = new Map(jobs.snapshots().map((snapshot) => [snapshot.id, snapshot]))
    return desk.store.jobs.newest(limit).map((stored) => current.get(stored.id) ?? stored)
  },
  cancelJob: ({ jobId }) => jobs.cancel(jobId),
  hurryJob: ({ jobId }) => jobs.hurry(jobId),
})
