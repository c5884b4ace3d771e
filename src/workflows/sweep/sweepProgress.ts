/** How far a sweep of the library is, as its runs tell. */
import { runFigures } from '../../shared/comparison/runFigures.ts'
import type {
  KeptConfiguration,
  LibrarySweep,
  StoredSweep,
  SweepState,
  SweepSummary,
  SweptConfiguration,
} from '../../shared/domain/librarySweep.ts'
import type { Run, RunStatus } from '../../shared/domain/run.ts'
import type { Library } from '../library.ts'
import { sweepRow } from './sweepRow.ts'

type Progress = Pick<
  SweepSummary,
  'state' | 'trainings' | 'complete' | 'failed' | 'dropped' | 'progress'
>

/** Runs of one status: how many, and how many whole ones their epochs make up. */
interface Tally {
  readonly status: RunStatus
  readonly runs: number
  readonly trained: number
}

/** What the list of sweeps tells. */
export function sweepSummaries({ store }: Pick<Library, 'store'>): SweepSummary[] {
  const tallies = store.runs.sweepProgress()
  return store.sweeps.all().map(({ id, name, createdAt, datasetName, priority }) => ({
    ...{ id, name, createdAt, datasetName, priority },
    ...progressOf(tallies.filter(({ sweepId }) => sweepId === id)),
  }))
}

/** The sweep with a line for each configuration. */
export function librarySweep(sweep: StoredSweep, runs: readonly Run[]): LibrarySweep {
  const { configurations, ...stored } = sweep
  const leak = runs.find((run) => run.leak)?.leak
  return {
    ...stored,
    ...progressOf(runs.map(tallyOf)),
    ...(leak && { leak }),
    configurations: configurations.map((configuration) =>
      configurationOf(
        configuration,
        runs.filter((run) => run.sweep?.configuration === configuration.number),
      ),
    ),
  }
}

function tallyOf({ status, epochs, settings }: Run): Tally {
  return { status, runs: 1, trained: Math.min(1, epochs.length / settings.epochs) }
}

function progressOf(tallies: readonly Tally[]): Progress {
  const count = (each: readonly Tally[]) => each.reduce((sum, { runs }) => sum + runs, 0)
  const having = (status: RunStatus) => count(tallies.filter((tally) => tally.status === status))
  const trainings = count(tallies)
  const done = tallies.reduce(
    (sum, { status, runs, trained }) => sum + (isOver(status) ? runs : trained),
    0,
  )
  return {
    ...{ state: stateOf(tallies), trainings },
    ...{ complete: having('complete'), failed: having('failed'), dropped: having('dropped') },
    progress: trainings === 0 ? 1 : done / trainings,
  }
}

const isOver = (status: RunStatus): boolean =>
  status === 'complete' || status === 'failed' || status === 'dropped'

function stateOf(tallies: readonly Tally[]): SweepState {
  const has = (wanted: RunStatus) => tallies.some(({ status }) => status === wanted)
  if (has('running')) return 'training'
  if (has('queued')) return 'waiting'
  if (has('interrupted')) return 'interrupted'
  return has('stopped') ? 'paused' : 'ended'
}

/** Of the runs of a configuration the one that says most comes first. */
const tellingOrder: readonly RunStatus[] = [
  ...(['running', 'queued', 'interrupted', 'stopped', 'dropped', 'failed', 'complete'] as const),
]

function configurationOf(
  configuration: KeptConfiguration,
  runs: readonly Run[],
): SweptConfiguration {
  const begun = runs.filter(({ epochs }) => epochs.length > 0)
  return {
    ...sweepRow(configuration, begun, { status: 'complete' }),
    priority: configuration.priority,
    status: tellingOrder.find((status) => runs.some((run) => run.status === status)) ?? 'complete',
    trainings: runs.map((run) => ({
      ...{ runId: run.id, name: run.name, status: run.status, reason: run.reason },
      ...{ epochs: run.epochs.length, ofEpochs: run.settings.epochs },
      valAccuracy: runFigures(run).valAccuracy?.value,
    })),
  }
}
