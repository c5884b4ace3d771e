/** What the same sensitivity and specificity mean where cases are rarer or commoner. */

export interface AtPrevalence {
  /** Share of flagged films that are cases; undefined when nothing is flagged. */
  readonly ppv: number | undefined
  /** Share of films not flagged that are healthy; undefined when everything is flagged. */
  readonly npv: number | undefined
  readonly flagsPer100: number
  readonly missedPer100: number
}

/** By Bayes' rule; `prevalence` is the share of cases, 0–1. */
export function atPrevalence(
  sensitivity: number,
  specificity: number,
  prevalence: number,
): AtPrevalence {
  const found = sensitivity * prevalence
  const missed = (1 - sensitivity) * prevalence
  const alarms = (1 - specificity) * (1 - prevalence)
  const cleared = specificity * (1 - prevalence)
  return {
    ppv: found + alarms === 0 ? undefined : found / (found + alarms),
    npv: missed + cleared === 0 ? undefined : cleared / (missed + cleared),
    flagsPer100: 100 * (found + alarms),
    missedPer100: 100 * missed,
  }
}
