import { csvRow } from '../../shared/csv.ts'
import { alignCurves, type Curve } from './curve.ts'

/** What a chart draws as CSV: one column for x, one for each curve, nothing where it has no value. */
export function curvesCsv(xLabel: string, curves: readonly Curve[]): string {
  const { x, columns } = alignCurves(curves)
  const head = csvRow([xLabel, ...curves.map(({ label }) => label)])
  const rows = x.map((at, row) =>
    csvRow([at, ...columns.map((column) => column[row] ?? undefined)]),
  )
  return [head, ...rows].join('')
}
