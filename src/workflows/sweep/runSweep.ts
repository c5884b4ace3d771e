/** All trainings of a sweep, one after the other, whatever interrupts it. */
import type { SplitLeak } from '../../shared/domain/split.ts'
import type {
  PlannedSweep,
  SweepConfiguration,
  SweepRow,
  SweepRun,
} from '../../shared/domain/sweep.ts'
import type {
  LabelledFilm,
  TrainingProgress,
  TrainingResult,
} from '../../shared/domain/training.ts'
import { toAppError, throwIfCancelled, type ErrorCode } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import type { Library } from '../library.ts'
import { longestTraining, rungs, survivors } from './halving.ts'
import { openSweepFolder, runFolderOf } from './sweepFolder.ts'
import { sweepRow } from './sweepRow.ts'

export interface SweepOrder {
  readonly planned: PlannedSweep
  readonly classes: readonly string[]
  readonly films: readonly LabelledFilm[]
  readonly trainedOn: string
  /** What stands on both sides of the films' parts, where a person insists. */
  readonly leak?: SplitLeak | undefined
  readonly folder: string
  readonly cacheFolder: string
}

export type SweepProgress =
  | {
      readonly kind: 'training'
      readonly configuration: SweepConfiguration
      readonly run: SweepRun
      /** Trainings begun, this one included, of all that the present round has. */
      readonly begun: number
      readonly total: number
      readonly progress: TrainingProgress
    }
  | { readonly kind: 'row'; readonly row: SweepRow }

/** Failures of one configuration that say nothing about the next. */
export const ownFailures: ReadonlySet<ErrorCode> = new Set([
  'BAD_INPUT',
  'NUMERIC',
  'OUT_OF_MEMORY',
])

/**
 * Trains every configuration, those of high priority first, and reports each one's row when it is done. Called again
 * with the same order it goes on where it was, after a stop or after a kill: finished trainings are read, the one under
 * way goes on from its last epoch, and the numbers are those of a sweep that nothing disturbed. Throws CANCELLED when a
 * person stops it, CONFLICT when the folder holds another sweep, and what stops every training.
 */
export async function runSweep(
  { engine }: Pick<Library, 'engine'>,
  order: SweepOrder,
  job: Job<SweepProgress>,
): Promise<SweepRow[]> {
  const { planned } = order
  await openSweepFolder(order.folder, planned, order.films)
  const rows: SweepRow[] = []
  let going = inOrder(planned.configurations)
  for (const until of rungs(planned.halving, longestTraining(planned))) {
    const results: { configuration: SweepConfiguration; outcomes: TrainingResult[] }[] = []
    const total = going.reduce((sum, { runs }) => sum + runs.length, 0)
    let begun = 0
    for (const configuration of going) {
      const outcomes: TrainingResult[] = []
      let failure: string | undefined
      for (const run of configuration.runs) {
        throwIfCancelled(job.signal)
        begun++
        const about = { kind: 'training', configuration, run, begun, total } as const
        const trained = await trainOne(engine, order, configuration, run, until, {
          signal: job.signal,
          report: (progress) => job.report({ ...about, progress }),
        })
        if ('failure' in trained) failure = trained.failure
        else outcomes.push(trained)
      }
      if (outcomes.length === 0) enter(configuration, outcomes, 'failed', failure)
      else if (until === undefined) enter(configuration, outcomes, 'complete', failure)
      else results.push({ configuration, outcomes })
    }
    if (until === undefined || !planned.halving) break
    const best = survivors(results, planned.halving.keep)
    for (const { configuration, outcomes } of results) {
      if (best.has(configuration.number)) continue
      enter(configuration, outcomes, 'halved', `Others were better after ${until} epochs`)
    }
    going = going.filter(({ number }) => best.has(number))
  }
  return rows.sort((a, b) => a.number - b.number)

  function enter(
    configuration: SweepConfiguration,
    outcomes: readonly TrainingResult[],
    status: SweepRow['status'],
    reason: string | undefined,
  ) {
    const row = sweepRow(configuration, outcomes, { status, reason })
    rows.push(row)
    job.report({ kind: 'row', row })
  }
}

/** Those of high priority first. */
export const inOrder = <Item extends Pick<SweepConfiguration, 'priority' | 'number'>>(
  configurations: readonly Item[],
): Item[] => [...configurations].sort((a, b) => b.priority - a.priority || a.number - b.number)

async function trainOne(
  engine: Library['engine'],
  { classes, films, trainedOn, leak, folder, cacheFolder }: SweepOrder,
  { number, spec }: SweepConfiguration,
  run: SweepRun,
  untilEpoch: number | undefined,
  job: Job<TrainingProgress>,
): Promise<TrainingResult | { readonly failure: string }> {
  try {
    const result = await engine.train(
      {
        ...{ spec, settings: run.settings, classes: [...classes], films: [...films], trainedOn },
        ...{ cacheFolder, folder: runFolderOf(folder, number, run), resume: true },
        ...(untilEpoch !== undefined && { untilEpoch }),
        ...(leak && run.settings.fold === undefined && { leak }),
      },
      { signal: job.signal, onProgress: job.report },
    )
    // A person's stop ends a training well, but not the sweep.
    throwIfCancelled(job.signal)
    return result
  } catch (cause) {
    const { code, message } = toAppError(cause)
    if (!ownFailures.has(code)) throw cause
    return { failure: message }
  }
}
