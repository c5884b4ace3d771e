/** Mean, and deviation of a sample (÷ (n − 1)), each where there are values enough. */
export function moments(values: readonly number[]): {
  readonly mean: number | undefined
  readonly deviation: number | undefined
} {
  if (values.length === 0) return { mean: undefined, deviation: undefined }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  if (values.length === 1) return { mean, deviation: undefined }
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) }
}
