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
import { sweepRow } from './sweepRow.ts'

type Progress = Pick<SweepSummary, 'state' | 'trainings' | 'complete' | 'failed' | 'progress'>

/** What the list of sweeps tells. */
export function summaryOf(
  { id, name, createdAt, datasetName, priority }: StoredSweep,
  runs: readonly Run[],
): SweepSummary {
  return { ...{ id, name, createdAt, datasetName, priority }, ...progressOf(runs) }
}

/** The sweep with a line for each configuration. */
export function librarySweep(sweep: StoredSweep, runs: readonly Run[]): LibrarySweep {
  const { configurations, ...stored } = sweep
  return {
    ...stored,
    ...progressOf(runs),
    configurations: configurations.map((configuration) =>
      configurationOf(
        configuration,
        runs.filter((run) => run.sweep?.configuration === configuration.number),
      ),
    ),
  }
}

function progressOf(runs: readonly Run[]): Progress {
  const having = (status: RunStatus) => runs.filter((run) => run.status === status).length
  const done = runs.reduce((sum, run) => sum + shareOf(run), 0)
  return {
    ...{ state: stateOf(runs), trainings: runs.length },
    ...{ complete: having('complete'), failed: having('failed') },
    progress: runs.length === 0 ? 1 : done / runs.length,
  }
}

function shareOf({ status, epochs, settings }: Run): number {
  const isOver = status === 'complete' || status === 'failed' || status === 'dropped'
  return isOver ? 1 : Math.min(1, epochs.length / settings.epochs)
}

function stateOf(runs: readonly Run[]): SweepState {
  const has = (status: RunStatus) => runs.some((run) => run.status === status)
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
