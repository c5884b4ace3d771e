import type { EpochReport } from '../../../../shared/domain/training.ts'

const columns = [
  'epoch',
  'loss',
  'accuracy',
  'valLoss',
  'valAccuracy',
  'valAuc',
  'learningRate',
  'seconds',
  'imagesPerSecond',
  'best',
] as const satisfies readonly (keyof EpochReport)[]

/** The curves as CSV (RFC 4180): a line for each epoch, nothing where a figure is unknown. */
export const epochsCsv = (epochs: readonly EpochReport[]): string =>
  [columns, ...epochs.map((report) => columns.map((column) => report[column] ?? ''))]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('')
