import { assertNever } from '../../../shared/assertNever.ts'
import type { Run, RunStatus } from '../../../shared/domain/run.ts'
import type { EpochReport } from '../../../shared/domain/training.ts'
import { metric } from '../../format.ts'

export interface StatusWord {
  readonly word: string
  readonly tone: 'plain' | 'accent' | 'good' | 'warning' | 'problem'
}

export function statusWord(status: RunStatus): StatusWord {
  switch (status) {
    case 'queued':
      return { word: 'Waiting', tone: 'plain' }
    case 'running':
      return { word: 'Running', tone: 'accent' }
    case 'complete':
      return { word: 'Complete', tone: 'good' }
    case 'stopped':
      return { word: 'Stopped', tone: 'plain' }
    case 'failed':
      return { word: 'Failed', tone: 'problem' }
    case 'interrupted':
      return { word: 'Interrupted', tone: 'warning' }
    case 'dropped':
      return { word: 'Dropped', tone: 'plain' }
    default:
      return assertNever(status)
  }
}

/**
 * The report of the best epoch; undefined before the first one has ended. A run names it when it has
 * ended; until then it is the last one that was the best so far.
 */
export const bestReport = ({ epochs, bestEpoch }: Run): EpochReport | undefined =>
  epochs.find(({ epoch }) => epoch === bestEpoch) ?? epochs.filter(({ best }) => best).at(-1)

/** The figure a list shows for a run: of its best epoch, on validation films where there are any. */
export function bestFigure(run: Run): string {
  const best = bestReport(run)
  if (!best) return 'No epoch yet'
  const { valAuc, valAccuracy, accuracy, epoch } = best
  if (valAuc !== undefined) return `Best AUC ${metric(valAuc)} in epoch ${epoch}`
  if (valAccuracy !== undefined) return `Best accuracy ${metric(valAccuracy)} in epoch ${epoch}`
  return `Training accuracy ${metric(accuracy)} in epoch ${epoch}`
}
