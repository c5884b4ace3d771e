/** Curves of a score card as plots draw them. */
import type { ScoreCard } from '../../../../shared/domain/assessment.ts'
import type { CalibrationBin, CurvePoint } from '../../../../shared/domain/scoreCard.ts'
import type { PlotPoint, PlotSeries } from '../../../charts/sharePlot.ts'
import { metric, percent, plural } from '../../../format.ts'

const colour = 'var(--chart-train)'
const mark = 'var(--uncertain)'

function ends({ curve }: ScoreCard) {
  const last = curve.at(-1)
  return { sick: last?.truePositives ?? 0, healthy: last?.falsePositives ?? 0 }
}

/** Where the threshold stands, from the counts at it. */
function operating({ evaluation: { confusion } }: ScoreCard) {
  if (!confusion) return undefined
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = confusion
  return {
    sensitivity: truePositives / Math.max(1, truePositives + falseNegatives),
    alarms: falsePositives / Math.max(1, falsePositives + trueNegatives),
    precision: truePositives / Math.max(1, truePositives + falsePositives),
  }
}

/** The films that a threshold calls, and what it reaches with them. */
function calledFrom(
  { threshold, truePositives, falsePositives }: CurvePoint,
  words: (found: number, alarms: number) => string,
): Pick<PlotPoint, 'label' | 'films'> {
  if (threshold === undefined) return {}
  const films = plural(truePositives + falsePositives, 'film')
  return {
    label: `${films} called from ${metric(threshold)} on: ${words(truePositives, falsePositives)}`,
    films: { from: threshold },
  }
}

/** `threshold` is the model's own. */
export function rocSeries(card: ScoreCard, threshold: number): PlotSeries[] {
  const { sick, healthy } = ends(card)
  const at = operating(card)
  return [
    {
      name: `AUC ${metric(card.evaluation.auc)}`,
      colour,
      points: card.curve.map((point) => ({
        x: point.falsePositives / healthy,
        y: point.truePositives / sick,
        ...calledFrom(point, (found, alarms) => `sensitivity ${metric(found / sick)}, false alarms ${metric(alarms / healthy)}`), // prettier-ignore
      })),
    },
    ...(at ? [marked({ x: at.alarms, y: at.sensitivity }, threshold)] : []),
  ]
}

/** `threshold` is the model's own. */
export function precisionRecallSeries(card: ScoreCard, threshold: number): PlotSeries[] {
  const { sick } = ends(card)
  const at = operating(card)
  return [
    {
      name: `Average precision ${metric(card.evaluation.averagePrecision)}`,
      colour,
      points: card.curve.slice(1).map((point) => ({
        x: point.truePositives / sick,
        y: point.truePositives / (point.truePositives + point.falsePositives),
        ...calledFrom(point, (found, alarms) => `recall ${metric(found / sick)}, precision ${metric(found / (found + alarms))}`), // prettier-ignore
      })),
    },
    ...(at ? [marked({ x: at.sensitivity, y: at.precision }, threshold)] : []),
  ]
}

const marked = (point: PlotPoint, threshold: number): PlotSeries => ({
  name: 'Threshold',
  colour: mark,
  marks: true,
  points: [
    {
      ...point,
      label: 'Films near the threshold',
      films: { from: threshold - 0.05, to: threshold + 0.05 },
    },
  ],
})

/** Bins of the raw score, and beside them those of the calibrated one. */
export const reliabilitySeries = ({ bins, calibratedBins }: ScoreCard): PlotSeries[] => [
  { name: 'Raw score', colour, marks: true, points: bins.map(binPoint) },
  ...(calibratedBins.length > 0
    ? [
        {
          name: 'After calibration',
          colour: 'var(--below)',
          marks: true,
          points: calibratedBins.map(binPoint),
        },
      ]
    : []),
]

function binPoint({ count, from, to, meanScore, sickShare, ci95 }: CalibrationBin): PlotPoint {
  const scores = `${metric(from)}–${metric(to)}`
  return {
    x: meanScore,
    y: sickShare,
    range: ci95,
    label: `${plural(count, 'film')} scored ${scores} (raw), ${percent(sickShare)} of them positive`,
    films: { from, to },
  }
}

export const coverageSeries = ({ coverage }: ScoreCard): PlotSeries[] => [
  {
    name: 'Share decided wrongly',
    colour,
    points: coverage.map(({ coverage: x, error, low, high }) => ({
      ...{ x, y: error },
      label: `${percent(x)} of the films decided, ${percent(error)} of these wrongly`,
      // No score lies beyond 0 and 1.
      films: { sure: { low: low ?? -1, high: high ?? 2 } },
    })),
  },
  {
    name: 'Upper end of its interval',
    colour: 'var(--mark)',
    dashed: true,
    points: coverage.map(({ coverage: x, ci95 }) => ({ x, y: ci95[1] })),
  },
]
