/** Epoch after epoch, until all are done, none gets better, or a person stops. */
import { exists } from '../../files/atomicWrite.ts'
import { requireRoom } from '../../files/freeSpace.ts'
import type { Evaluation } from '../../shared/domain/evaluation.ts'
import type {
  EpochReport,
  TrainingPlan,
  TrainingProgress,
  TrainingResult,
} from '../../shared/domain/training.ts'
import { AppError, isCancelled, throwIfCancelled } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import type { Network } from '../graph/network.ts'
import { isBest, patienceIsOver } from './bestEpoch.ts'
import { saveBest } from './bestPackage.ts'
import { loadCheckpoint, saveCheckpoint } from './checkpoint.ts'
import { epochMeter } from './meter.ts'
import { runEpoch } from './runEpoch.ts'
import type { RunFolder } from './runFolder.ts'
import { startFrom } from './startFrom.ts'
import { evaluatePart } from './score.ts'
import { fingerprint } from './splitFile.ts'
import type { TrainingFilms } from './trainingFilms.ts'

export interface TrainingWork {
  readonly plan: TrainingPlan
  readonly folder: RunFolder
  readonly films: TrainingFilms
  readonly network: Network
}

interface Ended {
  readonly reports: readonly EpochReport[]
  readonly ended: TrainingResult['ended']
}

export async function trainEpochs(work: TrainingWork, job: Job<TrainingProgress>): Promise<Ended> {
  const { plan, films, folder, network } = work
  const { settings } = plan
  const print = fingerprint(plan, films.films)
  let reports = plan.resume ? await goOn(work, print) : []
  if (reports.length === 0) await startFrom(plan, network)
  // Each is written beside the one that it replaces.
  await requireRoom(folder.root, 2 * bytesKept(network), 'the training')
  while (reports.length < settings.epochs) {
    if (reports.length >= (plan.untilEpoch ?? settings.epochs)) return { reports, ended: 'stopped' }
    if (patienceIsOver(settings.patience, reports)) return { reports, ended: 'patience' }
    try {
      const { report, validation } = await trainEpoch(work, reports, job)
      reports = [...reports, report]
      if (report.best) await saveBest(folder.best, work, reports, validation)
      await saveCheckpoint(folder.checkpoint, {
        fingerprint: print,
        reports,
        weights: network.readWeights('current'),
        state: network.readTrainingState(),
      })
      job.report({ kind: 'epoch', report })
    } catch (cause) {
      if (isCancelled(cause) && reports.length > 0) return { reports, ended: 'stopped' }
      throw cause
    }
  }
  return { reports, ended: 'complete' }
}

/** What the model package of the best epoch and the checkpoint take together. */
function bytesKept(network: Network): number {
  const weights = network.readWeights('current')
  const arrays = [...weights, ...weights, ...network.readTrainingState()]
  return arrays.reduce((sum, { values }) => sum + values.byteLength, 0)
}

/** Puts the network where the checkpoint left it. Throws CONFLICT when that is of another plan. */
async function goOn({ folder, network }: TrainingWork, print: string): Promise<EpochReport[]> {
  const checkpoint = await loadCheckpoint(folder.checkpoint)
  if (!checkpoint) return []
  if (checkpoint.fingerprint !== print) {
    throw new AppError(
      'CONFLICT',
      `${folder.root} holds a training with other films, another network or other settings; it goes on only with its own`,
    )
  }
  if (!(await exists(folder.best))) {
    throw new AppError(
      'NOT_FOUND',
      `${folder.best}: the model of the epochs so far is not there any more, so the training cannot go on; start it anew`,
    )
  }
  network.writeWeights(checkpoint.weights)
  network.writeTrainingState(checkpoint.state)
  return [...checkpoint.reports]
}

async function trainEpoch(
  { plan, films, network }: TrainingWork,
  earlier: readonly EpochReport[],
  job: Job<TrainingProgress>,
): Promise<{ report: EpochReport; validation: Evaluation | undefined }> {
  const epoch = earlier.length + 1
  const meter = epochMeter(
    () => performance.now(),
    earlier.map(({ seconds }) => seconds),
  )
  const figures = await runEpoch({ network, films, plan, epoch, earlier, meter }, job)
  const scoring = { network, films, part: 'validation', classes: plan.classes } as const
  const validation = await evaluatePart(scoring, () => throwIfCancelled(job.signal))
  const judged = { ...figures, ...(validation && watched(validation)) }
  // Films are decoded once, before the first epoch; it is the one that pays.
  const seconds = meter.seconds() + (epoch === 1 ? films.decodeSeconds : 0)
  const imagesPerSecond = films.places.train.length / seconds
  const best = plan.settings.keep === 'last' || isBest(judged, earlier)
  return { report: { epoch, ...judged, seconds, imagesPerSecond, best }, validation }
}

const watched = ({ loss, accuracy, auc }: Evaluation) => ({
  valLoss: loss,
  valAccuracy: accuracy,
  ...(auc !== undefined && { valAuc: auc }),
})
