/** How far scores can be taken for probabilities. */
import type { CalibrationBin } from '../../shared/domain/scoreCard.ts'
import { wilson } from '../../shared/judgement/wilson.ts'

/** As many bins as Guo et al. ("On Calibration of Modern Neural Networks", 2017) use. */
export const BINS = 15

/**
 * Bins of (nearly) equal numbers of films in order of score; films of equal score are never parted, so
 * the bins do not depend on the order of the films. No bin is empty. `raw` are the scores that `scores` were made from by
 * a map that never falls, where they are not the raw ones themselves.
 */
export function calibrationBins(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  bins = BINS,
  raw = scores,
): CalibrationBin[] {
  const order = Array.from(scores, (_, at) => at).sort((a, b) => scores[a]! - scores[b]!)
  const result: CalibrationBin[] = []
  let from = 0
  for (let bin = 1; bin <= bins && from < order.length; bin++) {
    let to = Math.max(from, Math.round((bin * order.length) / bins))
    if (to === from) continue
    while (to < order.length && scores[order[to]!] === scores[order[to - 1]!]) to++
    const members = order.slice(from, to)
    const sick = members.filter((at) => labels[at] === 1).length
    result.push({
      count: members.length,
      from: Math.min(...members.map((at) => raw[at]!)),
      to: Math.max(...members.map((at) => raw[at]!)),
      meanScore: members.reduce((sum, at) => sum + scores[at]!, 0) / members.length,
      sickShare: sick / members.length,
      ci95: wilson(sick, members.length)!,
    })
    from = to
  }
  return result
}

/**
 * Expected calibration error over equal-mass bins: the mean distance between score and share of sick
 * films, weighted by films (Nixon et al., "Measuring Calibration in Deep Learning", 2019). Undefined
 * without films.
 */
export function expectedCalibrationError(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  bins = BINS,
): number | undefined {
  if (scores.length === 0) return undefined
  return calibrationBins(scores, labels, bins).reduce(
    (sum, { count, meanScore, sickShare }) =>
      sum + (count / scores.length) * Math.abs(meanScore - sickShare),
    0,
  )
}

/** Mean squared distance of score and outcome (Brier, 1950); undefined without films. */
export function brierScore(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): number | undefined {
  if (scores.length === 0) return undefined
  let sum = 0
  for (let at = 0; at < scores.length; at++) {
    sum += (scores[at]! - (labels[at] === 1 ? 1 : 0)) ** 2
  }
  return sum / scores.length
}
