/** Values of the same thing repeated, e.g. over seeds or folds. */
export interface Spread {
  readonly n: number
  readonly mean: number
  /** Standard deviation of the sample (n − 1); undefined for a single value. */
  readonly deviation: number | undefined
}

/** Mean and standard deviation of what is known; undefined when nothing is. */
export function spread(values: readonly (number | undefined)[]): Spread | undefined {
  const known = values.filter((value): value is number => value !== undefined)
  const n = known.length
  if (n === 0) return undefined
  const mean = known.reduce((sum, value) => sum + value, 0) / n
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { n, mean, deviation: n > 1 ? Math.sqrt(squares / (n - 1)) : undefined }
}
