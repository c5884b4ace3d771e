import { csvRow } from '../../../../shared/csv.ts'
import type { LibrarySweep, SweptConfiguration } from '../../../../shared/domain/librarySweep.ts'
import { leakCells, leakHeader } from '../../../../shared/split/leakCells.ts'
import { differingOptions, optionWords } from './sweepWords.ts'

const figures = [
  ...(['valAccuracyBest', 'bestEpoch', 'trainAccuracyBest', 'valAccuracyLast'] as const),
  ...(['trainAccuracyLast', 'stability', 'gap', 'gapLast', 'valAuc', 'testAccuracy'] as const),
] satisfies readonly (keyof SweptConfiguration)[]

/** The table of a sweep as CSV (RFC 4180): a line for each configuration, means with their deviations beside them. */
export function sweepCsv({ configurations, leak }: LibrarySweep): string {
  const options = differingOptions(configurations)
  const head = [
    ...['configuration', 'name', 'network', ...options, 'status', 'runs', 'epochs', 'parameters'],
    ...figures.flatMap((figure) => [figure, `${figure}Sd`]),
    'seconds',
    ...leakHeader(leak),
  ]
  const rows = configurations.map((configuration) => {
    const { number, name, recipe, differs, status, runs, epochs, params, seconds } = configuration
    return [
      ...[number, name, recipe, ...options.map((option) => optionWords(differs[option]))],
      ...[status, runs, epochs, params],
      ...figures.flatMap((figure) => [
        configuration[figure]?.mean,
        configuration[figure]?.deviation,
      ]),
      seconds,
      ...leakCells(leak),
    ]
  })
  return [head, ...rows].map(csvRow).join('')
}
