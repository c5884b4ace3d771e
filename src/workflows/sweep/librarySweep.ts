/** Sweeps whose trainings are runs of the library, one job each. */
import { join } from 'node:path'
import type { InputShape } from '../../shared/domain/modelSpec.ts'
import { isUnderWay, type Run } from '../../shared/domain/run.ts'
import type { PlannedSweep } from '../../shared/domain/sweep.ts'
import { AppError } from '../../shared/errors.ts'
import { newId } from '../../store/newId.ts'
import type { Library } from '../library.ts'
import { modelFolder } from '../modelPackages.ts'
import { createRun } from '../trainRun.ts'

interface SweepText {
  readonly datasetId: string
  /** YAML. */
  readonly text: string
}

/** Every configuration, for the data set's classes and size. Throws BAD_INPUT with what does not fit. */
export function planLibrarySweep(
  { store, engine }: Library,
  { datasetId, text }: SweepText,
): Promise<PlannedSweep> {
  const { id, classes, layout } = store.datasets.get(datasetId)
  if (classes.length < 2) {
    throw new AppError('BAD_INPUT', 'This data set has fewer than two classes: nothing to learn')
  }
  const [first] = layout === 'idx' ? store.images.ofDataset(id) : []
  const input: InputShape | undefined = first && { height: first.rows, width: first.columns, channels: 1 } // prettier-ignore
  return engine.planSweep({ text, classes: classes.length, ...(input && { input }) })
}

/**
 * Enters the sweep's trainings in the order in which they are to run. Throws BAD_INPUT for what does not fit, and for
 * halving, which needs one process that compares: the command line's `sweep` has it.
 */
export async function createLibrarySweep(library: Library, order: SweepText): Promise<Run[]> {
  const planned = await planLibrarySweep(library, order)
  if (planned.halving) {
    throw new AppError(
      'BAD_INPUT',
      'Successive halving is for the command line (pneumoscope sweep); leave halving out here',
    )
  }
  const id = newId()
  const runs: Run[] = []
  const first = [...planned.configurations].sort(
    (a, b) => b.priority - a.priority || a.number - b.number,
  )
  for (const { number, name, recipe, spec, runs: trainings } of first) {
    for (const { seed, settings } of trainings) {
      const repeat = [
        ...(trainings.length > 1 ? [`seed ${seed}`] : []),
        ...(settings.fold === undefined ? [] : [`fold ${settings.fold}`]),
      ]
      const title = [`${planned.name} ${number}: ${name}`, ...repeat].join(', ')
      const sweep = { id, name: planned.name, configuration: number }
      const { datasetId } = order
      const run = { datasetId, recipe: recipe.slice(0, 100), spec, settings, sweep }
      runs.push(await createRun(library, { ...run, name: title.slice(0, 100) }))
    }
  }
  return runs
}

/** The sweep's runs, oldest first. Throws NOT_FOUND when it has none. */
export function runsOfSweep({ store }: Pick<Library, 'store'>, sweepId: string): Run[] {
  const runs = store.runs.all().filter(({ sweep }) => sweep?.id === sweepId)
  if (runs.length === 0) {
    throw new AppError('NOT_FOUND', 'This sweep is not in the library any more')
  }
  return runs.reverse()
}

/** Whether a resume of the sweep takes the run up again. */
export const isUnfinished = (run: Run): boolean => !isUnderWay(run) && run.status !== 'complete'

/** Writes a run with its model as a capsule. Throws NOT_FOUND when it has no model, or its films are gone. */
export async function exportRunCapsule(
  library: Library,
  { runId, file }: { readonly runId: string; readonly file: string },
): Promise<void> {
  const { store, engine } = library
  const { name, modelId, datasetId } = store.runs.get(runId)
  if (modelId === undefined || datasetId === undefined) {
    throw new AppError(
      'NOT_FOUND',
      `The run '${name}' has no ${modelId === undefined ? 'model' : 'data set'} any more, so it makes no capsule`,
    )
  }
  await engine.exportCapsule({
    runFolder: join(store.folder.runs, runId),
    modelFolder: modelFolder(library, modelId),
    paths: store.images.ofDataset(datasetId).map(({ path }) => path),
    file,
  })
}
