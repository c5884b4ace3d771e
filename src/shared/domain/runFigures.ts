/** What the epochs of a training say when it is compared with others. Pure. */
import { z } from 'zod'
import type { EpochReport } from './training.ts'

const share = z.number()

export const RunFigures = z.object({
  /** Finished ones. */
  epochs: z.int(),
  /** The epoch of the highest validation accuracy, of equals the first; of training accuracy without validation. */
  bestEpoch: z.int().optional(),
  trainAccuracyBest: share.optional(),
  valAccuracyBest: share.optional(),
  trainAccuracyLast: share.optional(),
  valAccuracyLast: share.optional(),
  /** The largest fall of validation accuracy from one epoch to the next; 0 where it never fell. */
  stability: share.optional(),
  /** Training less validation accuracy, at the best and at the last epoch. */
  gapBest: share.optional(),
  gapLast: share.optional(),
  valLossLowest: z.number().optional(),
  valAucBest: share.optional(),
  /** Wall time of all epochs. */
  seconds: z.number(),
})
export type RunFigures = z.infer<typeof RunFigures>

/** Figures of a training from its epochs, in their order; what cannot be known is left out. */
export function figuresOfRun(reports: readonly EpochReport[]): RunFigures {
  const seconds = reports.reduce((sum, report) => sum + report.seconds, 0)
  const last = reports.at(-1)
  if (!last) return { epochs: 0, seconds }
  const best = reports.reduce((found, report) => (rank(report) > rank(found) ? report : found))
  return defined({
    epochs: reports.length,
    bestEpoch: best.epoch,
    trainAccuracyBest: best.accuracy,
    valAccuracyBest: best.valAccuracy,
    trainAccuracyLast: last.accuracy,
    valAccuracyLast: last.valAccuracy,
    stability: largestFall(known(reports, 'valAccuracy')),
    gapBest: gap(best),
    gapLast: gap(last),
    valLossLowest: lowest(known(reports, 'valLoss')),
    valAucBest: best.valAuc,
    seconds,
  })
}

const rank = ({ valAccuracy, accuracy }: EpochReport): number => valAccuracy ?? accuracy

const gap = ({ accuracy, valAccuracy }: EpochReport): number | undefined =>
  valAccuracy === undefined ? undefined : accuracy - valAccuracy

const known = (reports: readonly EpochReport[], name: 'valAccuracy' | 'valLoss'): number[] =>
  reports.flatMap((report) => report[name] ?? [])

const lowest = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : Math.min(...values)

function largestFall(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined
  return values.reduce((most, value, at) => Math.max(most, (values[at - 1] ?? value) - value), 0)
}

/** Mean and standard deviation (n − 1) over runs that differ in seed or fold alone; no deviation for a single one. */
export interface Spread {
  readonly mean: number
  readonly deviation?: number
}

/** Undefined without values. */
export function spreadOf(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  if (values.length === 1) return { mean }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) }
}

type Known<T> = { [Key in keyof T]: Exclude<T[Key], undefined> }

/** Without what is undefined. */
const defined = <T extends object>(values: T): Known<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Known<T>
