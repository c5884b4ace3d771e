/** The learning rate of each step. It follows from the plan and the finished epochs, so a resume needs no state. */
import { assertNever } from '../../shared/assertNever.ts'
import type { EpochReport, LearningRateSchedule } from '../../shared/domain/training.ts'
import { figureOf } from './bestEpoch.ts'

export interface StepPosition {
  /** From 1. */
  readonly epoch: number
  readonly epochs: number
  /** From 0. */
  readonly batch: number
  readonly batches: number
}

/** Learning rate of one step; `earlier` are the reports of the epochs before it. */
export function learningRateAt(
  schedule: LearningRateSchedule,
  base: number,
  position: StepPosition,
  earlier: readonly EpochReport[],
): number {
  switch (schedule.kind) {
    case 'constant':
      return base
    case 'step':
      return base * schedule.factor ** Math.floor((position.epoch - 1) / schedule.everyEpochs)
    case 'cosine':
      return base * warmCosine(schedule.warmup, position)
    case 'plateau':
      return base * schedule.factor ** plateaus(schedule.patience, earlier)
    default:
      return assertNever(schedule)
  }
}

/** Rises in equal steps to 1 over the warm-up, then falls as half a cosine (Loshchilov and Hutter 2017). */
function warmCosine(warmup: number, { epoch, epochs, batch, batches }: StepPosition): number {
  const steps = epochs * batches
  const warm = Math.round(warmup * steps)
  const step = (epoch - 1) * batches + batch
  if (step < warm) return (step + 1) / warm
  return (1 + Math.cos((Math.PI * (step - warm)) / (steps - warm))) / 2
}

/** How often the figure stood still for `patience` epochs; each time the count begins anew. */
function plateaus(patience: number, reports: readonly EpochReport[]): number {
  let best = Infinity
  let waited = 0
  let count = 0
  for (const report of reports) {
    if (figureOf(report) < best) {
      best = figureOf(report)
      waited = 0
    } else if (++waited >= patience) {
      count++
      waited = 0
    }
  }
  return count
}
