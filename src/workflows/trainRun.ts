import { join } from 'node:path'
import { discard } from '../files/discard.ts'
import { noMarks, type Run } from '../shared/domain/run.ts'
import type { TrainingPlan, TrainingProgress, TrainingResult } from '../shared/domain/training.ts'
import { AppError, isCancelled, toAppError } from '../shared/errors.ts'
import type { Job } from '../shared/rpc/contract.ts'
import { requireSoundSplit } from '../shared/split/requireSoundSplit.ts'
import type { StoredDataset } from '../store/dataset.ts'
import { newId } from '../store/newId.ts'
import { labelledFilms, usableFilms } from './labelledFilms.ts'
import type { Library } from './library.ts'
import { adoptModel } from './modelPackages.ts'
import { requireOriginals } from './originals.ts'
import { splitFilms } from './splitFilms.ts'

export type RunOrder = Pick<Run, 'name' | 'recipe' | 'spec' | 'settings'> & {
  readonly datasetId: string
  /** A person insists on a split that leaks. */
  readonly allowLeak?: boolean | undefined
}

/**
 * Enters a training into the library, to be run by `trainRun`. Throws BAD_INPUT when the films do not fit the network, LEAK
 * for a split that leaks and that nobody insists on.
 */
export async function createRun(
  { store, engine }: Library,
  { datasetId, name, recipe, spec, settings, allowLeak = false }: RunOrder,
): Promise<Run> {
  const dataset = store.datasets.get(datasetId)
  requireClasses(dataset, spec.classes)
  const { fold } = settings
  const films = usableFilms(splitFilms({ store }, datasetId))
  const leak = requireSoundSplit(films, { name: dataset.name, fold, allowLeak })
  const { totalParams } = await engine.summarise({ spec, batchSize: settings.batchSize })
  const run: Run = {
    ...{ id: newId(), name, datasetId, recipe, spec, settings },
    createdAt: new Date().toISOString(),
    datasetName: dataset.name,
    status: 'queued',
    params: totalParams,
    epochs: [],
    test: null,
    ...(leak && { leak }),
    ...noMarks,
  }
  store.runs.insert(run)
  return run
}

export interface TrainOrder {
  readonly runId: string
  readonly resume?: boolean
  /** Then it waits for its next round, without a model so far. */
  readonly untilEpoch?: number | undefined
  /** Whether a stop is a pause: the run goes on later, so no model is made of it so far. */
  readonly isPause?: () => boolean
}

/**
 * Trains a run of the library, or goes on with it from its last checkpoint. Epochs are stored as they
 * end; the model joins the library with the end of the run, both or neither. A person's stop
 * (the signal) keeps the best epoch so far; before the first epoch it throws CANCELLED. Every other
 * failure is written to the run and thrown.
 */
export async function trainRun(
  library: Library,
  order: TrainOrder,
  job: Job<TrainingProgress>,
): Promise<Run> {
  const { store, engine } = library
  const { runId } = order
  store.runs.begin(runId)
  try {
    const plan = await planOf(library, store.runs.get(runId), order)
    const result = await engine.train(plan, {
      signal: job.signal,
      onProgress: (progress) => {
        keep(library, runId, progress)
        job.report(progress)
      },
    })
    if (!restsFor(library, order, result)) await finish(library, runId, result)
    return store.runs.get(runId)
  } catch (cause) {
    const failure = isCancelled(cause) ? cause : resumable(toAppError(cause))
    store.runs.end(
      runId,
      failure instanceof AppError && failure.code !== 'CANCELLED'
        ? { status: 'failed', reason: failure.message }
        : { status: 'stopped', reason: 'Stopped before the first epoch ended' },
    )
    throw failure
  }
}

async function planOf(
  { store }: Library,
  run: Run,
  { resume = false, untilEpoch }: TrainOrder,
): Promise<TrainingPlan> {
  const { id, datasetId, spec, settings, name, leak: allowed } = run
  if (datasetId === undefined) {
    throw new AppError(
      'NOT_FOUND',
      `The data set of the run '${name}' was deleted, so it cannot be trained. Import the films again and start a new run.`,
    )
  }
  const dataset = store.datasets.get(datasetId)
  const images = splitFilms({ store }, datasetId)
  await requireOriginals(usableFilms(images))
  // Films may have been moved since the run was entered.
  const leak = requireSoundSplit(usableFilms(images), {
    ...{ name: dataset.name, fold: settings.fold, allowLeak: allowed !== undefined },
  })
  const { hash: datasetHash } = store.versions.record(datasetId)
  store.runs.splitBy(id, datasetHash, leak)
  return {
    ...{ spec, settings, resume, datasetHash },
    ...(leak && { leak }),
    ...(untilEpoch !== undefined && { untilEpoch }),
    classes: dataset.classes,
    films: labelledFilms(images, dataset.classes),
    trainedOn: dataset.name,
    folder: join(store.folder.runs, id),
    cacheFolder: store.folder.cache,
  }
}

/** Whether it only rests, and its status then. */
function restsFor(
  { store }: Library,
  { runId, untilEpoch, isPause }: TrainOrder,
  { ended, epochs }: TrainingResult,
): boolean {
  if (ended !== 'stopped') return false
  const isRound = untilEpoch !== undefined && epochs.length >= untilEpoch
  if (!isRound && isPause?.() !== true) return false
  enterMissed(store, runId, epochs)
  if (isPause?.() !== true) store.runs.wait(runId)
  else store.runs.end(runId, { status: 'stopped', reason: pausedAfter(epochs.length) })
  return true
}

export const pausedAfter = (epochs: number): string =>
  epochs === 0 ? 'Paused before it began' : `Paused after epoch ${epochs}`

function requireClasses({ name, classes }: StoredDataset, wanted: number): void {
  if (classes.length === wanted) return
  const has =
    classes.length === 0 ? 'no classes' : `${classes.length} classes (${classes.join(', ')})`
  throw new AppError(
    'BAD_INPUT',
    `The data set '${name}' has ${has}; this network tells ${wanted} apart. Choose another data set or another network.`,
  )
}

/** A crash of the engine loses at most the epoch that it was in; the words say how to go on. */
function resumable(error: AppError): AppError {
  if (error.code !== 'DISCONNECTED') return error
  const words = `${error.message} You can resume the run from its last finished epoch.`
  return new AppError(error.code, words, { cause: error })
}

function keep({ store }: Library, runId: string, progress: TrainingProgress): void {
  if (progress.kind === 'prepared') {
    store.runs.prepared(runId, progress.films, progress.baselineAccuracy)
  } else if (progress.kind === 'epoch') store.runs.addEpoch(runId, progress.report)
}

async function finish(library: Library, runId: string, result: TrainingResult): Promise<void> {
  const { store } = library
  const { name, datasetId, datasetHash } = store.runs.get(runId)
  const model = await adoptModel(library, { folder: result.modelFolder, name, runId })
  enterMissed(store, runId, result.epochs)
  store.transaction(() => {
    store.models.insert(model)
    store.runs.end(runId, {
      status: result.ended === 'stopped' ? 'stopped' : 'complete',
      bestEpoch: result.bestEpoch,
      test: result.test,
      modelId: model.id,
    })
    if (result.test && datasetId !== undefined && datasetHash !== undefined) {
      store.testLooks.add({ datasetId, datasetHash, modelId: model.id, occasion: 'training' })
    }
  })
  // The library has its copy, and a complete run never goes on.
  if (result.ended !== 'stopped') await discard(result.modelFolder)
}

/** Epochs that the engine knew of from an earlier program's time. */
function enterMissed(
  { runs }: Library['store'],
  runId: string,
  epochs: TrainingResult['epochs'],
): void {
  const known = new Set(runs.get(runId).epochs.map(({ epoch }) => epoch))
  for (const report of epochs) if (!known.has(report.epoch)) runs.addEpoch(runId, report)
}
