/** Training on a data set of the library. */
import { leakWords } from '../../shared/split/words.ts'
import { requireSoundSplit } from '../../shared/split/requireSoundSplit.ts'
import { labelledFilms, usableFilms } from '../../workflows/labelledFilms.ts'
import type { Library } from '../../workflows/library.ts'
import { modelFolder } from '../../workflows/modelPackages.ts'
import { splitFilms } from '../../workflows/splitFilms.ts'
import { createRun, trainRun } from '../../workflows/trainRun.ts'
import { DONE, SOME_FAILED, type ExitStatus } from '../exitStatus.ts'
import { withLibrary } from '../library.ts'
import { cacheFolder } from '../paths.ts'
import { describedData, withPolarity } from '../polarity.ts'
import { UsageError } from '../usageError.ts'
import { findDataset, sizeOfDataset } from './films.ts'
import { plannedNetwork } from './network.ts'
import { trainingReporter } from './reporter.ts'
import type { TrainOptions } from './options.ts'
import { runFolder, runPlan } from './runPlan.ts'
import type { Context } from '../verb.ts'

/** The library keeps films by their full paths. */
const fullPath = (path: string) => path

/**
 * With a folder of its own (`--out`, `--resume`) the training stays outside the library; without, run and
 * model join it as if they were started in the window.
 */
export function trainDataset(options: TrainOptions, context: Context): Promise<ExitStatus> {
  return withLibrary(options.library, context, async (library) => {
    const dataset = findDataset(library, options.data)
    const { recipe, ...network } = await plannedNetwork(
      options,
      { classes: dataset.classes, input: sizeOfDataset(library, dataset) },
      context.engine,
    )
    if (options.out === undefined && options.resume === undefined) {
      if (options.polarity !== undefined) {
        throw new UsageError(
          '--polarity goes with --out: trainings in the library take films as their files say',
        )
      }
      const order = {
        ...{ ...network, datasetId: dataset.id, name: `${network.spec.name} ${dataset.name}` },
        ...{ recipe, allowLeak: options['allow-leak'] },
      }
      return trainInLibrary(library, order, context)
    }
    const images = splitFilms(library, dataset.id)
    const leak = requireSoundSplit(usableFilms(images), {
      ...{ name: dataset.name, fold: options.fold, allowLeak: options['allow-leak'] },
    })
    const { classes, name } = dataset
    const films = await withPolarity(labelledFilms(images, classes), options.polarity)
    const plan = {
      ...{ ...network, classes, films, trainedOn: describedData(name, films) },
      ...(leak && { leak }),
      datasetHash: library.store.versions.record(dataset.id).hash,
      folder: runFolder(options, network.spec.name),
      cacheFolder: cacheFolder(),
      resume: options.resume !== undefined,
    }
    return runPlan(plan, { failed: 0, shown: fullPath }, context)
  })
}

async function trainInLibrary(
  library: Library,
  order: Parameters<typeof createRun>[1],
  { output, signal }: Context,
): Promise<ExitStatus> {
  const reporter = trainingReporter(output, fullPath)
  const { id, leak } = await createRun(library, order)
  if (leak) output.note(leakWords(leak))
  const run = await trainRun(library, { runId: id }, { signal, report: reporter.report })
  reporter.finished({
    modelFolder: modelFolder(library, run.modelId!),
    bestEpoch: run.bestEpoch!,
    ended: run.status === 'stopped' ? 'stopped' : 'complete',
    test: run.test,
    leak: run.leak,
  })
  return reporter.refused() === 0 ? DONE : SOME_FAILED
}
