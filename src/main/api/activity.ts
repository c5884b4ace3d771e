import type { Area, Context } from '../context.ts'

type Activity = Area<'listJobs' | 'cancelJob' | 'hurryJob'>

export const activityApi = ({ desk, jobs }: Context): Activity => ({
  listJobs: ({ limit }) => {
    // The store knows beginnings and ends; how far a running one is, only the queue knows.
    const current = new Map(jobs.snapshots().map((snapshot) => [snapshot.id, snapshot]))
    return desk.store.jobs.newest(limit).map((stored) => current.get(stored.id) ?? stored)
  },
  cancelJob: ({ jobId }) => jobs.cancel(jobId),
  hurryJob: ({ jobId }) => jobs.hurry(jobId),
})
