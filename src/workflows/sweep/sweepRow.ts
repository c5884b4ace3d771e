import { runFigures } from '../../shared/comparison/runFigures.ts'
import { spread } from '../../shared/comparison/spread.ts'
import type { SweepConfiguration, SweepRow } from '../../shared/domain/sweep.ts'
import type { TrainingResult } from '../../shared/domain/training.ts'

export type RunOutcome = Pick<TrainingResult, 'epochs' | 'test'>

/** A configuration's line of the comparison, from the trainings of it that ended well. */
export function sweepRow(
  { number, name, differs, recipe, params }: Omit<SweepConfiguration, 'priority' | 'spec' | 'runs'>,
  outcomes: readonly RunOutcome[],
  { status, reason }: Pick<SweepRow, 'status' | 'reason'>,
): SweepRow {
  const figures = outcomes.map((outcome) => runFigures({ ...outcome, params }))
  const over = (read: (one: (typeof figures)[number]) => number | undefined) => {
    const found = spread(figures.map(read))
    if (!found) return undefined
    const { mean, deviation } = found
    return { mean, ...(deviation !== undefined && { deviation }) }
  }
  const row: { [Key in keyof SweepRow]: SweepRow[Key] | undefined } = {
    ...{ number, name, status, reason, differs, recipe, params },
    runs: outcomes.length,
    epochs: Math.max(0, ...figures.map(({ epochs }) => epochs)),
    bestEpoch: over(({ valAccuracy }) => valAccuracy?.epoch),
    trainAccuracyBest: over(({ accuracyAtBest }) => accuracyAtBest),
    valAccuracyBest: over(({ valAccuracy }) => valAccuracy?.value),
    trainAccuracyLast: over(({ lastAccuracy }) => lastAccuracy),
    valAccuracyLast: over(({ lastValAccuracy }) => lastValAccuracy),
    stability: over(({ stability }) => stability),
    gap: over(({ gap }) => gap),
    gapLast: over(({ lastGap }) => lastGap),
    valAuc: over(({ valAuc }) => valAuc?.value),
    testAccuracy: over(({ testAccuracy }) => testAccuracy),
    seconds: figures.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
  }
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== undefined),
  ) as SweepRow
}
