import { csvRow } from '../../shared/csv.ts'
import { alignCurves, type Curve } from './curve.ts'

/** What a chart draws as CSV: one column for x, one for each curve, nothing where it has no value; the last for stamps. */
export function curvesCsv(
  xLabel: string,
  curves: readonly Curve[],
  stamps: readonly string[] = [],
): string {
  const { x, columns } = alignCurves(curves)
  const [name, words] = stamps.length > 0 ? [['training_leak'], [stamps.join(' ')]] : [[], []]
  const head = csvRow([xLabel, ...curves.map(({ label }) => label), ...name])
  const rows = x.map((at, row) =>
    csvRow([at, ...columns.map((column) => column[row] ?? undefined), ...words]),
  )
  return [head, ...rows].join('')
}
