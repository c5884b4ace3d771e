/** All curves of several runs as one table. */
import { csvRow } from '../csv.ts'
import type { Run } from '../domain/run.ts'
import type { EpochReport } from '../domain/training.ts'
import { leakHeader } from '../split/leakCells.ts'
import { leakWords } from '../split/words.ts'

const scalars = [
  'epoch',
  'loss',
  'accuracy',
  'valLoss',
  'valAccuracy',
  'valAuc',
  'learningRate',
  'seconds',
  'imagesPerSecond',
] as const satisfies readonly (keyof EpochReport)[]

/** CSV (RFC 4180), a line for each epoch of each run, nothing where a figure is unknown. */
export function scalarsCsv(runs: readonly Pick<Run, 'id' | 'name' | 'epochs' | 'leak'>[]): string {
  const anyLeak = runs.find(({ leak }) => leak)?.leak
  const rows = runs.flatMap(({ id, name, epochs, leak }) =>
    epochs.map((report) => [
      ...[id, name],
      ...scalars.map((scalar) => report[scalar]),
      report.best ? 1 : 0,
      ...(anyLeak ? [leak && leakWords(leak)] : []),
    ]),
  )
  return [['runId', 'run', ...scalars, 'best', ...leakHeader(anyLeak)], ...rows]
    .map(csvRow)
    .join('')
}
