/** A training from its plan to its model package. */
import type {
  TrainingPlan,
  TrainingProgress,
  TrainingResult,
} from '../../shared/domain/training.ts'
import { AppError } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { createGraphNetwork } from '../graph/graphNetwork.ts'
import { missingAddon } from '../tensorflow.ts'
import { bestEpoch } from './bestEpoch.ts'
import { finishedResult, openRunFolder, saveResult, writePlan } from './runFolder.ts'
import { prepareFilms } from './prepareFilms.ts'
import { withStatistics } from './statistics.ts'
import { testBest } from './testBest.ts'
import { trainEpochs, type TrainingWork } from './trainEpochs.ts'

/**
 * Trains a network as the plan says and keeps its best epoch as a model package in `folder`/best.
 *
 * A cancel stops within one batch: with a finished epoch the result is `stopped`, else CANCELLED is thrown.
 * With `resume` it goes on from the checkpoint that each epoch leaves, to the same numbers bit for bit; without a
 * checkpoint it begins at the beginning. Throws BAD_INPUT (films do not fit the network), CONFLICT (the folder holds
 * another training), NUMERIC (loss is not finite), OUT_OF_MEMORY, DISK_FULL, ENGINE_FAILED at once where TensorFlow's
 * native library cannot be loaded.
 */
export async function train(
  order: TrainingPlan,
  job: Job<TrainingProgress>,
): Promise<TrainingResult> {
  refuseWithoutAddon()
  const folder = await openRunFolder(order)
  const finished = order.resume ? await finishedResult(folder) : undefined
  if (finished) return finished
  const films = await prepareFilms(order, job)
  try {
    const plan = await withStatistics(order, films)
    await writePlan(folder, plan, films.films)
    return await trainOn({ plan, folder, films }, job)
  } finally {
    await films.close()
  }
}

async function trainOn(
  { plan, folder, films }: Omit<TrainingWork, 'network'>,
  job: Job<TrainingProgress>,
): Promise<TrainingResult> {
  const { spec, settings } = plan
  const network = createGraphNetwork({
    spec,
    scale: settings.preprocessing.scale,
    seed: settings.seed,
    memoryBudgetBytes: settings.memoryBudgetMb * 1e6,
    ...(settings.weightAverage !== undefined && { weightAverage: settings.weightAverage }),
  })
  try {
    const { reports, ended } = await trainEpochs({ plan, folder, films, network }, job)
    // The training's memory is given back before the test asks for its own.
    network.dispose()
    const test = await testBest(folder.best, films, reports, job.report)
    const result = {
      modelFolder: folder.best,
      bestEpoch: bestEpoch(reports)!,
      epochs: [...reports],
      ended,
      test,
    }
    await saveResult(folder, result)
    return result
  } finally {
    network.dispose()
  }
}

function refuseWithoutAddon(): void {
  const missing = missingAddon()
  if (!missing) return
  throw new AppError(
    'ENGINE_FAILED',
    `Training needs TensorFlow's native library, which cannot be used here: ${missing.reason}. ${missing.remedy} Screening and evaluation work without it.`,
  )
}
