import type { BatchProgress } from '../../../../shared/domain/training.ts'

/** Loss and accuracy of the batches between two reports, at the point of the epoch where they end. */
export interface BatchPoint {
  /** Epochs since the start: 1.5 is the middle of the second epoch. */
  readonly x: number
  readonly loss: number
  readonly accuracy: number
}

/**
 * Reports tell means over the epoch so far; the batches since `previous` are what was added to them.
 * Undefined when nothing was added.
 */
export function batchPoint(
  previous: BatchProgress | undefined,
  next: BatchProgress,
): BatchPoint | undefined {
  const before = previous?.epoch === next.epoch ? previous : { batch: 0, loss: 0, accuracy: 0 }
  const batches = next.batch - before.batch
  if (batches <= 0) return undefined
  const since = (mean: number, earlier: number) =>
    (mean * next.batch - earlier * before.batch) / batches
  return {
    x: next.epoch - 1 + next.batch / next.batches,
    // Rounding of the means may carry a difference of nearly equal sums past its bounds.
    loss: Math.max(0, since(next.loss, before.loss)),
    accuracy: Math.max(0, Math.min(1, since(next.accuracy, before.accuracy))),
  }
}

const traceLimit = 4000

/** Adds a point; a trace that has grown too long for a chart is halved by joining neighbours. */
export function extendTrace(trace: readonly BatchPoint[], point: BatchPoint): BatchPoint[] {
  if (trace.length < traceLimit) return [...trace, point]
  const joined = trace.flatMap((left, index) => {
    const right = trace[index + 1]
    if (index % 2 === 1 || !right) return index % 2 === 1 ? [] : [left]
    const loss = (left.loss + right.loss) / 2
    return [{ x: right.x, loss, accuracy: (left.accuracy + right.accuracy) / 2 }]
  })
  return [...joined, point]
}
