/** Jobs that run, wait or have ended. */
import { z } from 'zod'
import { JobSnapshot } from '../../domain/job.ts'
import { procedure } from '../../rpc/contract.ts'
import { id } from './fields.ts'

export const activityContract = {
  listJobs: procedure({
    input: z.object({ limit: z.int().min(1).max(1000) }),
    output: z.array(JobSnapshot),
  }),
  /** Lets a job that waits begin next, before all others that wait. */
  hurryJob: procedure({ input: z.object({ jobId: id }), output: z.void() }),
  /** Asks it to stop; a training keeps its best epoch. */
  cancelJob: procedure({ input: z.object({ jobId: id }), output: z.void() }),
}
