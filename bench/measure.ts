/** Plain statistics of repeated timings. */

export interface Timing {
  readonly median: number
  readonly least: number
  readonly most: number
}

/** Of at least one value. */
export function timing(values: readonly number[]): Timing {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const median =
    sorted.length % 2 === 1
      ? sorted[Math.floor(middle)]!
      : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { median, least: sorted[0]!, most: sorted.at(-1)! }
}

/** How much faster `ours` is in each round than `theirs` in the same round: above 1 is faster. */
export const ratios = (ours: readonly number[], theirs: readonly number[]): number[] =>
  ours.map((seconds, round) => theirs[round]! / seconds)
