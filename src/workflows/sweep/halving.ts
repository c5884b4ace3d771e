/** Successive halving (Jamieson and Talwalkar, "Non-stochastic Best Arm Identification", 2016). Pure. */
import type { PlannedSweep, SweepConfiguration } from '../../shared/domain/sweep.ts'
import { spread } from '../../shared/comparison/spread.ts'
import type { EpochReport } from '../../shared/domain/training.ts'

/**
 * Epochs after which configurations are dropped, then undefined for the rest of the way. Each round is 1 / keep times as
 * long as the one before, so that all rounds cost about the same. `longest` is the longest training's epochs.
 */
export function rungs(halving: PlannedSweep['halving'], longest: number): (number | undefined)[] {
  if (!halving) return [undefined]
  const found: number[] = []
  for (let until = halving.epochs; Math.round(until) < longest; until /= halving.keep)
    found.push(Math.round(until))
  return [...new Set(found), undefined]
}

/** Epochs of the longest training. */
export const longestTraining = ({ configurations }: PlannedSweep): number =>
  Math.max(0, ...configurations.flatMap(({ runs }) => runs.map(({ settings }) => settings.epochs)))

/** How many of `count` go on. */
const keptOf = (count: number, keep: number): number => Math.max(1, Math.ceil(keep * count))

/** How many configurations train in each round, and to which epoch. */
export function rounds(planned: PlannedSweep): { configurations: number; untilEpoch: number }[] {
  const { halving } = planned
  const longest = longestTraining(planned)
  let configurations = planned.configurations.length
  return rungs(halving, longest).map((until) => {
    const round = { configurations, untilEpoch: until ?? longest }
    if (halving) configurations = keptOf(configurations, halving.keep)
    return round
  })
}

interface Contestant {
  readonly configuration: Pick<SweepConfiguration, 'number' | 'params'>
  readonly outcomes: readonly { readonly epochs: readonly EpochReport[] }[]
}

/**
 * Numbers of the best `keep` of them, at least one: by mean best validation accuracy (training accuracy without
 * validation), of equals the one with fewer parameters.
 */
export function survivors(contestants: readonly Contestant[], keep: number): ReadonlySet<number> {
  const judged = contestants.map(({ configuration, outcomes }) => ({
    configuration,
    accuracy: spread(outcomes.map(({ epochs }) => best(epochs)))?.mean ?? -1,
  }))
  judged.sort(
    (a, b) =>
      b.accuracy - a.accuracy ||
      a.configuration.params - b.configuration.params ||
      a.configuration.number - b.configuration.number,
  )
  const kept = judged.slice(0, keptOf(judged.length, keep))
  return new Set(kept.map(({ configuration }) => configuration.number))
}

const best = (epochs: readonly EpochReport[]): number =>
  Math.max(-1, ...epochs.map(({ valAccuracy, accuracy }) => valAccuracy ?? accuracy))
