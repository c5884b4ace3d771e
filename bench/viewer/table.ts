import { timing } from '../measure.ts'

/** «164 (144–213)»: median, least and most. */
export function spread(values: readonly number[]): string {
  if (values.length === 0) return '–'
  const { median, least, most } = timing(values)
  return `${median.toFixed(0)} (${least.toFixed(0)}–${most.toFixed(0)}, n ${values.length})`
}

/** The least value that 95 % of `values` do not exceed. */
const percentile95 = (values: readonly number[]): number | undefined =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1]

/** «16.7, 95 %: 17.1»: median and 95th percentile. */
export function frames(values: readonly number[]): string {
  const most = percentile95(values)
  if (most === undefined) return '–'
  return `${timing(values).median.toFixed(1)}, 95 %: ${most.toFixed(1)} (n ${values.length})`
}
