/** Runs that others can verify. */
import { z } from 'zod'
import { procedure } from '../../rpc/contract.ts'
import { id } from './fields.ts'

export const capsulesContract = {
  /** Asks where to and writes a run as a capsule, as a job; null when the person closed the dialog. */
  exportCapsule: procedure({
    input: z.object({ runId: id }),
    output: z.object({ jobId: z.string() }).nullable(),
  }),
}
