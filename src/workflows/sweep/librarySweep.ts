/** Sweeps whose trainings are runs of the library. */
import type { StoredSweep } from '../../shared/domain/librarySweep.ts'
import type { InputShape } from '../../shared/domain/modelSpec.ts'
import { noMarks, type Run } from '../../shared/domain/run.ts'
import type { PlannedSweep, SweepConfiguration, SweepRun } from '../../shared/domain/sweep.ts'
import type { SweepReading } from '../../shared/domain/sweepReading.ts'
import { AppError } from '../../shared/errors.ts'
import type { SplitLeak } from '../../shared/domain/split.ts'
import { requireSoundSplit } from '../../shared/split/requireSoundSplit.ts'
import { newId } from '../../store/newId.ts'
import { usableFilms } from '../labelledFilms.ts'
import { splitFilms } from '../splitFilms.ts'
import type { Library } from '../library.ts'
import { inOrder } from './runSweep.ts'

export interface SweepText {
  readonly datasetId: string
  /** YAML. */
  readonly text: string
  /** A person insists on a split that leaks. */
  readonly allowLeak?: boolean | undefined
}

/** Every configuration, for the data set's classes and size. Throws BAD_INPUT for films without classes. */
export async function planLibrarySweep(
  { store, engine }: Library,
  { datasetId, text }: SweepText,
): Promise<SweepReading> {
  const { id, classes, layout } = store.datasets.get(datasetId)
  if (classes.length < 2) {
    throw new AppError('BAD_INPUT', 'This data set has fewer than two classes: nothing to learn')
  }
  const [first] = layout === 'idx' ? store.images.ofDataset(id) : []
  const input: InputShape | undefined = first && { height: first.rows, width: first.columns, channels: 1 } // prettier-ignore
  return engine.planSweep({ text, classes: classes.length, ...(input && { input }) })
}

/**
 * Enters a sweep with all its trainings, in the order in which they are to run: all of it or nothing. Throws BAD_INPUT
 * for what does not fit, LEAK for a split that leaks and that nobody insists on.
 */
export async function createLibrarySweep(library: Library, order: SweepText): Promise<StoredSweep> {
  const { store } = library
  const reading = await planLibrarySweep(library, order)
  if (reading.kind === 'mistake') throw new AppError('BAD_INPUT', reading.message)
  const { planned } = reading
  const { datasetId, text, allowLeak = false } = order
  const { name: datasetName } = store.datasets.get(datasetId)
  const films = usableFilms(splitFilms({ store }, datasetId))
  const isFolded = inOrder(planned.configurations).every(({ runs }) =>
    runs.every(({ settings }) => settings.fold !== undefined),
  )
  const leak = isFolded ? undefined : requireSoundSplit(films, { name: datasetName, allowLeak })
  const createdAt = new Date().toISOString()
  return store.transaction(() => {
    const name = freeName(
      planned.name,
      store.sweeps.all().map((sweep) => sweep.name),
    )
    const sweep: StoredSweep = {
      ...{ id: newId(), name, createdAt, datasetId, datasetName, text, priority: 0 },
      halving: planned.halving,
      configurations: planned.configurations.map(withoutRuns),
    }
    store.sweeps.insert(sweep)
    for (const run of runsFor(planned, sweep, leak)) store.runs.insert(run)
    return sweep
  })
}

const withoutRuns = ({ number, name, priority, differs, recipe, params }: SweepConfiguration) => ({
  ...{ number, name, priority, differs, recipe, params },
})

function runsFor(
  { configurations }: PlannedSweep,
  sweep: StoredSweep,
  leak: SplitLeak | undefined,
): Run[] {
  const { id, name, datasetId, datasetName, createdAt } = sweep
  return inOrder(configurations).flatMap((configuration) =>
    configuration.runs.map((run) => ({
      ...{ id: newId(), name: runName(name, configuration, run), createdAt },
      ...{ datasetId, datasetName, recipe: configuration.recipe, spec: configuration.spec },
      ...{ settings: run.settings, params: configuration.params },
      ...{ status: 'queued' as const, epochs: [], test: null, ...noMarks },
      sweep: { id, name, configuration: configuration.number },
      ...(leak && run.settings.fold === undefined && { leak }),
    })),
  )
}

/** Names of runs have room for a hundred characters. */
const nameLength = 100

/** «tiny 2: wide, seed 1, fold 3/5»; of a long configuration the end is left out, never the repeat. */
function runName(
  sweep: string,
  { number, name, runs }: SweepConfiguration,
  { seed, settings }: SweepRun,
): string {
  const repeat = [
    ...(runs.length > 1 ? [`, seed ${seed}`] : []),
    ...(settings.fold === undefined ? [] : [`, fold ${settings.fold}`]),
  ].join('')
  return `${sweep} ${number}: ${name}`.slice(0, nameLength - repeat.length) + repeat
}

/** The name itself, or with the first number behind it that no sweep has. */
function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name
  let number = 2
  while (taken.includes(`${name} ${number}`)) number++
  return `${name} ${number}`
}
