/** Which epoch is kept, and when waiting for a better one ends. */
import type { EpochReport } from '../../shared/domain/training.ts'

/** What epochs are judged by: validation loss, or training loss where there is no validation. */
export const figureOf = (report: Pick<EpochReport, 'loss' | 'valLoss'>): number =>
  report.valLoss ?? report.loss

/** Lower than every earlier epoch's figure; of equal ones the first stays the best. */
export const isBest = (
  report: Pick<EpochReport, 'loss' | 'valLoss'>,
  earlier: readonly EpochReport[],
): boolean => earlier.every((other) => figureOf(report) < figureOf(other))

/** Number of the best epoch; undefined before the first has ended. */
export const bestEpoch = (reports: readonly EpochReport[]): number | undefined =>
  reports.filter((report) => report.best).at(-1)?.epoch

/** Whether the last `patience` epochs brought nothing better. */
export function patienceIsOver(
  patience: number | undefined,
  reports: readonly EpochReport[],
): boolean {
  const best = bestEpoch(reports)
  if (patience === undefined || best === undefined) return false
  return reports.at(-1)!.epoch - best >= patience
}
