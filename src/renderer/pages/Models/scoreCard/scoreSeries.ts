/** Curves of a score card as plots draw them. */
import type { ScoreCard } from '../../../../shared/domain/assessment.ts'
import type { CalibrationBin } from '../../../../shared/domain/scoreCard.ts'
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

export function rocSeries(card: ScoreCard): PlotSeries[] {
  const { sick, healthy } = ends(card)
  const at = operating(card)
  return [
    {
      name: `AUC ${metric(card.evaluation.auc)}`,
      colour,
      points: card.curve.map(({ truePositives, falsePositives }) => ({
        x: falsePositives / healthy,
        y: truePositives / sick,
      })),
    },
    ...(at ? [marked({ x: at.alarms, y: at.sensitivity })] : []),
  ]
}

export function precisionRecallSeries(card: ScoreCard): PlotSeries[] {
  const { sick } = ends(card)
  const at = operating(card)
  return [
    {
      name: `Average precision ${metric(card.evaluation.averagePrecision)}`,
      colour,
      points: card.curve.slice(1).map(({ truePositives, falsePositives }) => ({
        x: truePositives / sick,
        y: truePositives / (truePositives + falsePositives),
      })),
    },
    ...(at ? [marked({ x: at.sensitivity, y: at.precision })] : []),
  ]
}

const marked = (point: PlotPoint): PlotSeries => ({
  name: 'Threshold',
  colour: mark,
  marks: true,
  points: [{ ...point, label: 'Films near the threshold' }],
})

/** Raw bins can be opened; those of the calibrated score stand beside them. */
export const reliabilitySeries = ({ bins, calibratedBins }: ScoreCard): PlotSeries[] => [
  { name: 'Raw score', colour, marks: true, points: bins.map(binPoint) },
  ...(calibratedBins.length > 0
    ? [
        {
          name: 'After calibration',
          colour: 'var(--below)',
          marks: true,
          points: calibratedBins.map((bin) => {
            const { x, y, range } = binPoint(bin)
            return { x, y, range }
          }),
        },
      ]
    : []),
]

function binPoint({ count, from, to, meanScore, sickShare, ci95 }: CalibrationBin) {
  const scores = `${percent(from)}–${percent(to)}`
  return {
    x: meanScore,
    y: sickShare,
    range: ci95,
    label: `${plural(count, 'film')} scored ${scores}, ${percent(sickShare)} of them positive`,
  }
}

export const coverageSeries = ({ coverage }: ScoreCard): PlotSeries[] => [
  {
    name: 'Share decided wrongly',
    colour,
    points: coverage.map(({ coverage: x, error }) => ({ x, y: error })),
  },
  {
    name: 'Upper end of its interval',
    colour: 'var(--mark)',
    dashed: true,
    points: coverage.map(({ coverage: x, ci95 }) => ({ x, y: ci95[1] })),
  },
]
