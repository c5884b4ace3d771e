/** Counts at a threshold and the shares made of them. Pure: plain numbers in and out. */
import type { Confusion } from '../domain/evaluation.ts'

/** Scores at or above the threshold are called positive; label 1 is positive. */
export function confusionAt(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  threshold: number,
): Confusion {
  const counts = { truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0 }
  for (let at = 0; at < scores.length; at++) {
    const isCalled = scores[at]! >= threshold
    if (labels[at] === 1) counts[isCalled ? 'truePositives' : 'falseNegatives']++
    else counts[isCalled ? 'falsePositives' : 'trueNegatives']++
  }
  return counts
}

/** A share of a whole; undefined when there is no whole. */
const share = (part: number, rest: number) => (part + rest === 0 ? undefined : part / (part + rest))

/** The share of sick films that were called; undefined when there were none. */
export const sensitivity = ({ truePositives, falseNegatives }: Confusion): number | undefined =>
  share(truePositives, falseNegatives)

/** The share of healthy films that were not called; undefined when there were none. */
export const specificity = ({ trueNegatives, falsePositives }: Confusion): number | undefined =>
  share(trueNegatives, falsePositives)

/** The share of called films that are sick (precision); undefined when none was called. */
export const ppv = ({ truePositives, falsePositives }: Confusion): number | undefined =>
  share(truePositives, falsePositives)

/** The share of uncalled films that are healthy; undefined when all were called. */
export const npv = ({ trueNegatives, falseNegatives }: Confusion): number | undefined =>
  share(trueNegatives, falseNegatives)

/** Harmonic mean of sensitivity and ppv; undefined when no film is sick and none was called. */
export const f1 = (confusion: Confusion): number | undefined =>
  share(2 * confusion.truePositives, confusion.falsePositives + confusion.falseNegatives)

/** The share of films called rightly; undefined without films. */
export const accuracy = (confusion: Confusion): number | undefined =>
  share(
    confusion.truePositives + confusion.trueNegatives,
    confusion.falsePositives + confusion.falseNegatives,
  )

/** Mean of sensitivity and specificity; undefined when films of either kind are missing. */
export function balancedAccuracy(confusion: Confusion): number | undefined {
  const [found, cleared] = [sensitivity(confusion), specificity(confusion)]
  return found === undefined || cleared === undefined ? undefined : (found + cleared) / 2
}

/**
 * Matthews' correlation of call and truth, −1 to 1 (Biochim. Biophys. Acta 405, 1975); undefined when all films are
 * of one kind or all are called alike, where scikit-learn says 0.
 */
export function matthews(confusion: Confusion): number | undefined {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = confusion
  // Roots one by one: the product of four counts may be more than a number holds exactly.
  const spread =
    Math.sqrt(truePositives + falsePositives) *
    Math.sqrt(truePositives + falseNegatives) *
    Math.sqrt(trueNegatives + falsePositives) *
    Math.sqrt(trueNegatives + falseNegatives)
  if (spread === 0) return undefined
  const together = truePositives * trueNegatives - falsePositives * falseNegatives
  return Math.min(1, Math.max(-1, together / spread))
}
