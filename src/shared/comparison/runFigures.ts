/** What a run is judged by beside others: its best epoch, how steady it was, how far training ran ahead. */
import type { Run } from '../domain/run.ts'
import type { EpochReport } from '../domain/training.ts'

interface BestValue {
  readonly value: number
  readonly epoch: number
}

export interface RunFigures {
  /** Highest validation accuracy and the first epoch that reached it. */
  readonly valAccuracy: BestValue | undefined
  /** Lowest validation loss and the first epoch that reached it: the epoch whose weights are kept. */
  readonly valLoss: BestValue | undefined
  readonly valAuc: BestValue | undefined
  /** Training accuracy in the epoch of the best validation accuracy. */
  readonly accuracyAtBest: number | undefined
  /** Training − validation accuracy in the epoch of the best validation accuracy. */
  readonly gap: number | undefined
  readonly lastAccuracy: number | undefined
  readonly lastValAccuracy: number | undefined
  /** Training − validation accuracy in the last epoch. */
  readonly lastGap: number | undefined
  /** Largest drop of validation accuracy from one epoch to the next; 0 when it never fell. */
  readonly stability: number | undefined
  readonly testAccuracy: number | undefined
  readonly params: number
  readonly epochs: number
  /** Of all epochs together, validation included. */
  readonly seconds: number | undefined
}

/** The figures of a run so far; what cannot be known is undefined. */
export function runFigures({
  epochs,
  params,
  test,
}: Pick<Run, 'epochs' | 'params' | 'test'>): RunFigures {
  const valAccuracy = highest(epochs, ({ valAccuracy }) => valAccuracy)
  const best = epochs.find(({ epoch }) => epoch === valAccuracy?.epoch)
  const last = epochs.at(-1)
  return {
    valAccuracy,
    valLoss: lowest(epochs, ({ valLoss }) => valLoss),
    valAuc: highest(epochs, ({ valAuc }) => valAuc),
    accuracyAtBest: best?.accuracy,
    gap: best && gapOf(best),
    lastAccuracy: last?.accuracy,
    lastValAccuracy: last?.valAccuracy,
    lastGap: last && gapOf(last),
    stability: largestDrop(epochs.flatMap(({ valAccuracy }) => valAccuracy ?? [])),
    testAccuracy: test?.accuracy,
    params,
    epochs: epochs.length,
    seconds: last && epochs.reduce((sum, { seconds }) => sum + seconds, 0),
  }
}

/** The largest step down from one value to the next, as a positive number; undefined for fewer than two values. */
export function largestDrop(values: readonly number[]): number | undefined {
  if (values.length < 2) return undefined
  return values.slice(1).reduce((drop, value, index) => Math.max(drop, values[index]! - value), 0)
}

const gapOf = ({ accuracy, valAccuracy }: EpochReport): number | undefined =>
  valAccuracy === undefined ? undefined : accuracy - valAccuracy

type Read = (report: EpochReport) => number | undefined

function highest(epochs: readonly EpochReport[], read: Read): BestValue | undefined {
  return epochs.reduce<BestValue | undefined>((best, report) => {
    const value = read(report)
    // NaN, which a diverged training reports, is never higher.
    return value !== undefined && value > (best?.value ?? -Infinity)
      ? { value, epoch: report.epoch }
      : best
  }, undefined)
}

function lowest(epochs: readonly EpochReport[], read: Read): BestValue | undefined {
  const found = highest(epochs, (report) => {
    const value = read(report)
    return value === undefined ? undefined : -value
  })
  return found && { value: -found.value, epoch: found.epoch }
}
