/** A raw score as a probability, by a map that was fitted elsewhere. Pure, for engine, window and tables alike. */
import type { Calibration, CalibrationMap, Judgement } from '../domain/calibration.ts'
import { assertNever } from '../assertNever.ts'

/** Scores are kept this far from 0 and 1 before their logit is taken. */
const EPSILON = 1e-7

/** log(p / (1 − p)). */
export function logit(score: number): number {
  const inside = Math.min(Math.max(score, EPSILON), 1 - EPSILON)
  return Math.log(inside / (1 - inside))
}

export const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value))

/** The probability that belongs to a raw score of the positive class; never falling in the score. */
export function calibrated(map: CalibrationMap, score: number): number {
  switch (map.kind) {
    case 'temperature':
      return sigmoid(logit(score) / map.temperature)
    case 'platt':
      return sigmoid(map.slope * logit(score) + map.intercept)
    case 'isotonic':
      return between(map.scores, map.probabilities, score)
    default:
      return assertNever(map)
  }
}

/** Straight between the knots, level outside. `at` rises. */
function between(at: readonly number[], values: readonly number[], x: number): number {
  let [low, high] = [0, at.length - 1]
  if (x <= at[low]!) return values[low]!
  if (x >= at[high]!) return values[high]!
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (at[middle]! <= x) low = middle
    else high = middle
  }
  const share = (x - at[low]!) / (at[high]! - at[low]!)
  return values[low]! + share * (values[high]! - values[low]!)
}

/**
 * Whether a calibration has earned its name: on films that its map was not made from it lies nearer to what happened,
 * by log loss, and its calibration error is no larger.
 */
export const holdsItsTest = ({ test }: Pick<Calibration, 'test'>): boolean =>
  test.calibrated.loss < test.raw.loss && test.calibrated.ece <= test.raw.ece

/** A raw score as a probability, where the model has a calibration that holds its test; else undefined. */
export function calibratedScore(
  { calibration }: Pick<Judgement, 'calibration'>,
  score: number,
): number | undefined {
  return calibration && holdsItsTest(calibration) ? calibrated(calibration.map, score) : undefined
}
