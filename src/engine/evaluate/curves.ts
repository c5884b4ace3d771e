/** ROC and precision–recall curves: what each possible threshold would do. */
import type { CurvePoint } from '../../shared/domain/scoreCard.ts'

/**
 * Counts of called films at every threshold that changes them, from above the highest score (nothing is called) down to
 * the lowest (everything is). `threshold` is the score itself; the first point's is undefined. Without films one point.
 */
export function curvePoints(scores: ArrayLike<number>, labels: ArrayLike<number>): CurvePoint[] {
  const order = Array.from(scores, (_, film) => film).sort((a, b) => scores[b]! - scores[a]!)
  const points: CurvePoint[] = [{ truePositives: 0, falsePositives: 0 }]
  let [truePositives, falsePositives] = [0, 0]
  order.forEach((film, place) => {
    if (labels[film] === 1) truePositives++
    else falsePositives++
    const threshold = scores[film]!
    const next = order[place + 1]
    if (next !== undefined && scores[next] === threshold) return
    points.push({ threshold, truePositives, falsePositives })
  })
  return points
}

/** Σ (Rₙ − Rₙ₋₁) Pₙ over the curve, without interpolation; undefined without sick films. */
export function averagePrecision(points: readonly CurvePoint[]): number | undefined {
  const sick = points.at(-1)?.truePositives ?? 0
  if (sick === 0) return undefined
  const area = points.slice(1).reduce((sum, { truePositives, falsePositives }, place) => {
    const gained = truePositives - points[place]!.truePositives
    return sum + (gained / sick) * (truePositives / (truePositives + falsePositives))
  }, 0)
  // A perfect order adds up to a hair more than 1.
  return Math.min(1, area)
}
