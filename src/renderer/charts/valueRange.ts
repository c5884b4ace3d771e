/**
 * Bounds of a value axis: all values and the level (if any) with a little air, and never beyond
 * `least` and `most`, which shares have.
 */
export function valueRange(
  values: readonly (number | null | undefined)[],
  level?: number,
  { least = -Infinity, most = Infinity } = {},
): [number, number] {
  const known = [...values, level].filter((value): value is number => Number.isFinite(value))
  if (known.length === 0) return [0, 1]
  const low = known.reduce((a, b) => Math.min(a, b))
  const high = known.reduce((a, b) => Math.max(a, b))
  const air = (high - low) * 0.08 || Math.abs(high) * 0.1 || 0.1
  return [Math.max(least, low - air), Math.min(most, high + air)]
}
