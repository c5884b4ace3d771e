/** Many trainings planned as one. */
import { z } from 'zod'
import { LibrarySweep, Priority, SweepSummary } from '../../domain/librarySweep.ts'
import { SweepMistake, SweepPreview } from '../../domain/sweepReading.ts'
import { procedure } from '../../rpc/contract.ts'
import { id } from './fields.ts'

/** A sweep as YAML, and the films that it is to train on. */
const SweepText = z.object({ datasetId: id, text: z.string().max(200_000) })

export const sweepsContract = {
  /** What a sweep written as YAML would train on the data set's classes, or what is wrong with the writing and where. */
  planSweep: procedure({
    input: SweepText,
    output: z.discriminatedUnion('kind', [SweepPreview, SweepMistake]),
  }),
  /** Enters every training of the sweep; they run one after the other, those of high priority first. */
  startSweep: procedure({
    input: SweepText.extend({ allowLeak: z.boolean().default(false) }),
    output: z.object({ sweepId: z.string() }),
  }),
  /** Stops the sweep's trainings that wait or run; finished epochs are kept. */
  pauseSweep: procedure({ input: z.object({ sweepId: id }), output: z.void() }),
  /** Takes up what a pause, a crash or a failure left unfinished, each from its last checkpoint. */
  resumeSweep: procedure({
    input: z.object({ sweepId: id }),
    output: z.object({ runIds: z.array(z.string()) }),
  }),
  /** Whose trainings begin first, of all that wait. */
  prioritiseSweep: procedure({
    input: z.object({ sweepId: id, priority: Priority }),
    output: z.void(),
  }),
  /** Deletes the sweep with all its runs; refused while one of them waits or trains. Models stay. */
  deleteSweep: procedure({
    input: z.object({ sweepId: id }),
    output: z.object({ bytesFreed: z.number() }),
  }),
  listSweeps: procedure({ input: z.void(), output: z.array(SweepSummary) }),
  /** Streams a sweep, at most twice a second, until it is deleted or the call is cancelled. */
  watchSweep: procedure({
    input: z.object({ sweepId: id }),
    progress: LibrarySweep,
    output: z.void(),
  }),
}
