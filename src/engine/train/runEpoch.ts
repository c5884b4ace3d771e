/** One pass over the training films. */
import { basename } from 'node:path'
import type { EpochReport, TrainingPlan, TrainingProgress } from '../../shared/domain/training.ts'
import { AppError, throwIfCancelled, toAppError } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { batchesOf, type PositionedBatch } from '../data/batches.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'
import { randomStream } from '../data/random.ts'
import { shuffled } from '../data/shuffle.ts'
import { throttled } from '../data/throttle.ts'
import type { Network, StepFigures } from '../graph/network.ts'
import { learningRateAt } from './learningRate.ts'
import type { EpochMeter } from './meter.ts'
import { trainBatch } from './trainBatch.ts'
import type { TrainingFilms } from './trainingFilms.ts'

export interface EpochWork {
  readonly network: Network
  readonly films: TrainingFilms
  readonly plan: TrainingPlan
  /** From 1. */
  readonly epoch: number
  readonly earlier: readonly EpochReport[]
  readonly meter: EpochMeter
}

export interface EpochFigures {
  /** Means over the epoch. */
  readonly loss: number
  readonly accuracy: number
  /** Of the last step. */
  readonly learningRate: number
}

/**
 * Trains on every training film once, in an order that follows from seed and epoch. A cancel ends it before the
 * next batch. Throws CANCELLED, NUMERIC (naming the batch) and OUT_OF_MEMORY.
 */
export async function runEpoch(work: EpochWork, job: Job<TrainingProgress>): Promise<EpochFigures> {
  const { films, plan, epoch, meter } = work
  const { epochs, batchSize, seed } = plan.settings
  const order = shuffled(films.places.train, randomStream(seed, `order/${epoch}`))
  const batches = Math.ceil(order.length / batchSize)
  const progress = throttled(job.report)
  let [loss, correct, count, batch, learningRate] = [0, 0, 0, 0, 0]
  for await (const input of batchesOf(films.source, order, batchSize)) {
    await turnOfTheLoop()
    throwIfCancelled(job.signal)
    const step = { batch, batches, learningRate: rateOf(work, batch, batches) }
    const figures = await runStep(work, input, step)
    learningRate = step.learningRate
    loss += figures.lossSum
    correct += figures.correct
    count += figures.count
    batch++
    progress.report({
      ...{ kind: 'batch', epoch, epochs, batch, batches },
      ...{ loss: loss / count, accuracy: correct / count },
      ...meter.pace({ batch, batches, films: count, epochsLeft: epochs - epoch }),
      memoryBytes: process.memoryUsage().rss,
    })
  }
  progress.flush()
  return { loss: loss / count, accuracy: correct / count, learningRate }
}

function rateOf({ plan, epoch, earlier }: EpochWork, batch: number, batches: number): number {
  const { schedule, epochs } = plan.settings
  const position = { epoch, epochs, batch, batches }
  return learningRateAt(schedule, plan.spec.optimiser.learningRate, position, earlier)
}

interface Step {
  /** From 0. */
  readonly batch: number
  readonly batches: number
  readonly learningRate: number
}

async function runStep(work: EpochWork, input: PositionedBatch, step: Step): Promise<StepFigures> {
  const { network, films, plan, epoch } = work
  const random = randomStream(plan.settings.seed, `step/${epoch}/${step.batch}`)
  try {
    return network.trainStep(await trainBatch(input, films, plan, random), step.learningRate)
  } catch (cause) {
    const { code, message } = toAppError(cause)
    if (code !== 'NUMERIC') throw cause
    const paths = films.pathsOf(input.positions.slice(0, 3))
    const names = paths.map((path) => basename(path)).join(', ')
    throw new AppError(
      'NUMERIC',
      `Epoch ${epoch}, batch ${step.batch + 1} of ${step.batches} (learning rate ${step.learningRate}; ${names} …): ${message}. A lower learning rate or gradient clipping usually helps; the best epoch so far is kept.`,
      { cause },
    )
  }
}
