/** Runs that others can verify. */
import { z } from 'zod'
import { Verification } from '../../domain/capsule.ts'
import { procedure } from '../../rpc/contract.ts'
import { Count } from './count.ts'

export const capsulesContract = {
  /** Writes a training as one zip file without pixels: split, hashes, scores, curves, model. */
  exportCapsule: procedure({
    input: z.object({
      runFolder: z.string(),
      modelFolder: z.string(),
      paths: z.array(z.string()).min(1),
      file: z.string(),
    }),
    progress: Count,
    output: z.object({ films: z.int() }),
  }),
  /** Scores a capsule's films again and tells every difference. */
  verifyCapsule: procedure({
    input: z.object({
      file: z.string(),
      paths: z.array(z.string()).min(1),
      tolerance: z.number().min(0).max(1),
    }),
    progress: Count,
    output: Verification,
  }),
}
