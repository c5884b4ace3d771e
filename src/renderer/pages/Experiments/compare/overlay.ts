/** The curves of several runs over each other. */
import type { Run, RunEpoch } from '../../../../shared/domain/run.ts'
import { smooth, type Curve, type Point } from '../../../charts/curve.ts'
import type { XKind } from '../../../charts/xAxis.ts'
import type { RunLook } from './runColours.ts'

export interface DrawnRun {
  readonly run: Run
  readonly look: RunLook
}

export interface OverlayMetric {
  readonly key: 'valAccuracy' | 'valLoss' | 'valAuc' | 'accuracy' | 'loss' | 'learningRate'
  readonly title: string
  readonly bounds: { readonly least?: number; readonly most?: number }
}

const share = { least: 0, most: 1 }

export const overlayMetrics: readonly OverlayMetric[] = [
  { key: 'valAccuracy', title: 'Validation accuracy', bounds: share },
  { key: 'valLoss', title: 'Validation loss', bounds: { least: 0 } },
  { key: 'accuracy', title: 'Training accuracy', bounds: share },
  { key: 'loss', title: 'Training loss', bounds: { least: 0 } },
  { key: 'valAuc', title: 'Validation AUC', bounds: share },
  { key: 'learningRate', title: 'Learning rate', bounds: { least: 0 } },
]

export interface OverlayOptions {
  readonly x: XKind
  /** Weight of the moving average, 0–0.99. */
  readonly smoothing: number
  /** Values of 0 and below have no place on a logarithmic axis. */
  readonly log: boolean
}

/** A line for each run, smoothed, with the raw one faint behind it; runs without values are left out. */
export function overlayCurves(
  runs: readonly DrawnRun[],
  { key }: OverlayMetric,
  { x, smoothing, log }: OverlayOptions,
): Curve[] {
  return runs.flatMap(({ run, look }): Curve[] => {
    const points = pointsOf(run, (report) => report[key], x).filter(({ y }) => !log || y > 0)
    if (points.length === 0) return []
    const line = {
      label: run.name,
      colour: look.colour,
      look: look.dashed ? 'dashed' : 'solid',
    } as const
    if (smoothing === 0) return [{ ...line, points, dots: true }]
    return [
      { ...line, label: `${run.name}, raw`, points, look: 'faint' },
      { ...line, points: smooth(points, smoothing), dots: points.length === 1 },
    ]
  })
}

function pointsOf(run: Run, read: (report: RunEpoch) => number | undefined, kind: XKind): Point[] {
  const start = Date.parse(run.createdAt) / 1000
  let seconds = 0
  return run.epochs.flatMap((report) => {
    seconds += report.seconds
    const y = read(report)
    if (y === undefined || !Number.isFinite(y)) return []
    return [{ x: xOf(kind, report, seconds, start), y }]
  })
}

function xOf(kind: XKind, report: RunEpoch, seconds: number, start: number): number {
  if (kind === 'epoch') return report.epoch
  if (kind === 'minutes') return seconds / 60
  // Epochs of older libraries do not say when they ended; then the run is taken to have begun at once.
  return report.endedAt === undefined ? start + seconds : Date.parse(report.endedAt) / 1000
}
