import type { Curve, Point } from '../../../charts/curve.ts'
import { smooth } from '../../../charts/curve.ts'
import type { ChartMarks } from '../../../charts/drawCurves.ts'
import { percent } from '../../../format.ts'
import type { Run } from '../../../../shared/domain/run.ts'
import type { EpochReport } from '../../../../shared/domain/training.ts'
import { bestReport } from '../runWords.ts'
import type { BatchPoint } from './batchTrace.ts'

export interface RunChart {
  readonly title: string
  readonly curves: readonly Curve[]
  readonly marks: ChartMarks
  readonly bounds: { readonly least?: number; readonly most?: number }
}

/**
 * Loss, accuracy and, where it is known, validation AUC. Epochs are drawn as they are; batches raw and
 * faint, behind their smoothed line (`smoothing` 0–0.99).
 */
export function runCharts(
  run: Run,
  trace: readonly BatchPoint[],
  smoothing: number,
): readonly RunChart[] {
  const { epochs, baselineAccuracy } = run
  const bestEpoch = bestReport(run)?.epoch
  const at = bestEpoch === undefined ? undefined : { x: bestEpoch, label: `best: ${bestEpoch}` }
  const level =
    baselineAccuracy === undefined
      ? undefined
      : { y: baselineAccuracy, label: `guessing: ${percent(baselineAccuracy)}` }
  const chart = (of: 'loss' | 'accuracy', validation: readonly Point[]) => [
    ...batchCurves(
      trace.map((point) => ({ x: point.x, y: point[of] })),
      smoothing,
    ),
    epochCurve(
      'Training',
      '--chart-train',
      'dashed',
      pointsOf(epochs, (report) => report[of]),
    ),
    epochCurve('Validation', '--chart-validation', 'solid', validation),
  ]
  const auc = pointsOf(epochs, ({ valAuc }) => valAuc)
  return [
    {
      title: 'Loss',
      curves: chart(
        'loss',
        pointsOf(epochs, ({ valLoss }) => valLoss),
      ),
      marks: { at },
      bounds: { least: 0 },
    },
    {
      title: 'Accuracy',
      curves: chart(
        'accuracy',
        pointsOf(epochs, ({ valAccuracy }) => valAccuracy),
      ),
      marks: { at, level },
      bounds: share,
    },
    ...(auc.length > 0
      ? [
          {
            title: 'Validation AUC',
            curves: [epochCurve('Validation', '--chart-validation', 'solid', auc)],
            marks: { at },
            bounds: share,
          },
        ]
      : []),
  ]
}

const share = { least: 0, most: 1 }

const epochCurve = (
  label: string,
  colour: string,
  look: Curve['look'],
  points: readonly Point[],
): Curve => ({ label, colour, look, points, dots: true })

const batchCurves = (points: readonly Point[], smoothing: number): Curve[] =>
  points.length < 2
    ? []
    : [
        { label: 'Batches, raw', colour: '--chart-train', look: 'faint', points, strays: true },
        {
          label: 'Batches',
          colour: '--chart-batches',
          look: 'solid',
          points: smooth(points, smoothing),
        },
      ]

const pointsOf = (
  epochs: readonly EpochReport[],
  read: (report: EpochReport) => number | undefined,
): Point[] =>
  epochs.flatMap((report) => {
    const y = read(report)
    return y === undefined ? [] : [{ x: report.epoch, y }]
  })
