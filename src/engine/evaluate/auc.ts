/** The area under the ROC curve and how far chance may have moved it. */
import type { Interval } from '../../shared/domain/evaluation.ts'
import { Z_95 } from '../../shared/judgement/normal.ts'

export interface Auc {
  /** The chance that a sick film scores higher than a healthy one, ties counting one half. */
  readonly auc: number
  /** DeLong's 95 % interval, cut to [0, 1]; undefined with fewer than two films of either kind. */
  readonly ci95?: Interval
}

/** For each film the share of films of the other kind that it stands on the right side of. Their mean is the area. */
export interface Placements {
  readonly sick: readonly number[]
  readonly healthy: readonly number[]
}

/**
 * Area under the ROC curve by Mann and Whitney's statistic, with the interval of DeLong, DeLong and
 * Clarke-Pearson (Biometrics 44, 1988) computed through midranks after Sun and Xu (IEEE Signal Process.
 * Lett. 21, 2014), in O(n log n). Undefined when one kind of film is missing.
 */
export function rocAuc(scores: ArrayLike<number>, labels: ArrayLike<number>): Auc | undefined {
  const places = placements(scores, labels)
  if (!places) return undefined
  const { sick, healthy } = places
  const auc = mean(sick)
  if (sick.length < 2 || healthy.length < 2) return { auc }
  const deviation = Math.sqrt(
    covariance(sick, sick) / sick.length + covariance(healthy, healthy) / healthy.length,
  )
  return {
    auc,
    ci95: [Math.max(0, auc - Z_95 * deviation), Math.min(1, auc + Z_95 * deviation)],
  }
}

/** Undefined when one kind of film is missing. */
export function placements(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): Placements | undefined {
  const sick: number[] = []
  const healthy: number[] = []
  for (let at = 0; at < scores.length; at++) {
    ;(labels[at] === 1 ? sick : healthy).push(scores[at]!)
  }
  if (sick.length === 0 || healthy.length === 0) return undefined
  const joint = midranks([...sick, ...healthy])
  const sickRanks = midranks(sick)
  const healthyRanks = midranks(healthy)
  return {
    sick: sick.map((_, at) => (joint[at]! - sickRanks[at]!) / healthy.length),
    healthy: healthy.map(
      (_, at) => 1 - (joint[sick.length + at]! - healthyRanks[at]!) / sick.length,
    ),
  }
}

/** Ranks from 1 in the order given; equal values share the mean of their ranks. */
export function midranks(values: readonly number[]): Float64Array {
  const order = values.map((_, at) => at).sort((a, b) => values[a]! - values[b]!)
  const ranks = new Float64Array(values.length)
  for (let from = 0; from < order.length;) {
    let to = from
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++
    for (let at = from; at < to; at++) ranks[order[at]!] = (from + 1 + to) / 2
    from = to
  }
  return ranks
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Sample covariance, with n − 1. */
export function covariance(a: readonly number[], b: readonly number[]): number {
  const [centreA, centreB] = [mean(a), mean(b)]
  const sum = a.reduce((total, value, at) => total + (value - centreA) * (b[at]! - centreB), 0)
  return sum / (a.length - 1)
}
