/** The rows of the table as points and lines. */
import type { ParallelAxis } from '../../../charts/parallel.ts'
import type { ScatterPoint } from '../../../charts/scatter.ts'
import { count, metric } from '../../../format.ts'
import type { CompareRow, CompareTable } from './compareRows.ts'

/** By run id: the token of a selected run's colour. */
type Colours = ReadonlyMap<string, string>

/** Best validation accuracy against parameters; rows without one are left out. */
export const scatterPoints = (rows: readonly CompareRow[], colours: Colours): ScatterPoint[] =>
  rows.flatMap(({ id, run, figures }) => {
    const value = figures.get('valAccuracy')?.value
    if (value === undefined) return []
    const words = `${metric(value)} with ${count(run.params)} parameters`
    const { name, params: cost, leak } = run
    return [{ id, name, cost, value, words, colour: colours.get(id), leak }]
  })

/** More axes than this cannot be told apart in one chart. */
const mostAxes = 10

const resultKeys = ['params', 'stability', 'valAccuracy'] as const

/** What differs, then what came of it; the best accuracy stands last. */
export function parallelAxes(
  { settings, figures }: CompareTable,
  rows: readonly CompareRow[],
): ParallelAxis[] {
  const results = resultKeys.flatMap((key): ParallelAxis[] => {
    const column = figures.find((each) => each.key === key)
    const values = rows.map((row) => row.figures.get(key)?.value)
    return column && new Set(values).size > 1 ? [{ label: column.label, values }] : []
  })
  const chosen = settings
    .filter(({ key }) => new Set(rows.map((row) => row.settings.get(key))).size > 1)
    .slice(0, mostAxes - results.length)
    .map(({ key, label }) => ({ label, values: rows.map((row) => row.settings.get(key)) }))
  return [...chosen, ...results]
}
