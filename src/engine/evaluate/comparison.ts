/** Two models on the same films: is one better, or was it chance? */
import type { PairedComparison } from '../../shared/domain/comparison.ts'
import { AppError } from '../../shared/errors.ts'
import { defined } from '../../shared/judgement/defined.ts'
import { twoSidedChance, Z_95 } from '../../shared/judgement/normal.ts'
import { covariance, mean, placements } from './auc.ts'

/** What a model says of each film: its score, and whether that is called positive. */
export interface PairedSide {
  readonly scores: readonly number[]
  readonly threshold: number
}

/**
 * The difference of two areas by DeLong's test for correlated curves (Biometrics 44, 1988), and of two accuracies by
 * McNemar's exact test on the films that one model alone decides rightly. Throws BAD_INPUT for unequal lengths.
 */
export function comparePaired(
  first: PairedSide,
  second: PairedSide,
  labels: readonly number[],
): PairedComparison {
  if (first.scores.length !== labels.length || second.scores.length !== labels.length) {
    throw new AppError('BAD_INPUT', 'Two models can be compared only on the same films')
  }
  const isRight = ({ scores, threshold }: PairedSide, film: number) =>
    Number(scores[film]! >= threshold) === labels[film]
  let [onlyFirst, onlySecond] = [0, 0]
  for (let film = 0; film < labels.length; film++) {
    if (isRight(first, film) && !isRight(second, film)) onlyFirst++
    if (!isRight(first, film) && isRight(second, film)) onlySecond++
  }
  return {
    n: labels.length,
    mcnemar: { onlyFirst, onlySecond, p: evenSplitChance(onlyFirst, onlySecond) },
    ...defined({ delong: delong(first.scores, second.scores, labels) }),
  }
}

function delong(
  first: readonly number[],
  second: readonly number[],
  labels: readonly number[],
): PairedComparison['delong'] {
  const [a, b] = [placements(first, labels), placements(second, labels)]
  if (!a || !b || a.sick.length < 2 || a.healthy.length < 2) return undefined
  const [firstAuc, secondAuc] = [mean(a.sick), mean(b.sick)]
  const sick = a.sick.map((place, at) => place - b.sick[at]!)
  const healthy = a.healthy.map((place, at) => place - b.healthy[at]!)
  const deviation = Math.sqrt(
    covariance(sick, sick) / sick.length + covariance(healthy, healthy) / healthy.length,
  )
  const difference = firstAuc - secondAuc
  // Models that order every film alike differ by nothing, and nothing is certain about it.
  const p = deviation === 0 ? (difference === 0 ? 1 : 0) : twoSidedChance(difference / deviation)
  const ci95: [number, number] = [difference - Z_95 * deviation, difference + Z_95 * deviation]
  return { firstAuc, secondAuc, difference, ci95, p }
}

/** Two-sided binomial chance of a split of a + b at least this uneven, were both as likely. */
function evenSplitChance(a: number, b: number): number {
  const total = a + b
  const least = Math.min(a, b)
  if (2 * least === total) return 1
  // Summed from logarithms: 2⁻ⁿ is below the smallest number from n = 1075 on.
  let logTerm = -total * Math.LN2
  let sum = 0
  for (let k = 0; k <= least; k++) {
    sum += Math.exp(logTerm)
    logTerm += Math.log((total - k) / (k + 1))
  }
  return Math.min(1, 2 * sum)
}
