export interface SampleRange {
  readonly minimum: number
  readonly maximum: number
  readonly mean: number
}

/** Lowest, highest and mean sample; there is at least one. */
export function rangeOf(samples: ArrayLike<number> & Iterable<number>): SampleRange {
  let minimum = Infinity
  let maximum = -Infinity
  let sum = 0
  for (const value of samples) {
    if (value < minimum) minimum = value
    if (value > maximum) maximum = value
    sum += value
  }
  return { minimum, maximum, mean: sum / samples.length }
}
