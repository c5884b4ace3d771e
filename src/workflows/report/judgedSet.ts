/** What a model's report tells of one set of films. */
import type { ScoreCard } from '../../shared/domain/assessment.ts'
import { escaped, table, three, withInterval } from './html.ts'
import { plot } from './plot.ts'

/** A set of films: the counts behind its figures, and what can be drawn of two classes. */
export function judgedSet(card: ScoreCard, classes: readonly string[]): string {
  const { assessment, evaluation, curve, zones } = card
  return [
    `<h2>${escaped(assessment.datasetName)}, ${escaped(assessment.part)}</h2>`,
    table(
      ['True class', ...classes.map((name) => `called ${name}`)],
      evaluation.matrix.map((row, label) => [classes[label], ...row]),
    ),
    ...(evaluation.perClass
      ? [
          table(
            ['Class', 'Films', 'Recall', 'Precision', 'F1', 'AUC'],
            evaluation.perClass.map((one, label) => [
              ...[classes[label], one.films, withInterval(one.recall, one.recallCi95)],
              ...[withInterval(one.precision, one.precisionCi95), three(one.f1), three(one.auc)],
            ]),
          ),
        ]
      : []),
    ...(zones
      ? [
          table(
            ['Zone', 'Films', 'Cases'],
            (['below', 'uncertain', 'above'] as const).map((name) => [
              ...[name, zones[name].films, zones[name].positives],
            ]),
          ),
          `<p class="small">Of the cases ${withInterval(zones.missed, zones.missedCi95) ?? '–'} lie below, of the healthy ${withInterval(zones.falseAlarms, zones.falseAlarmsCi95) ?? '–'} above.</p>`,
        ]
      : []),
    ...(curve.length > 0 ? [curves(card)] : []),
  ].join('\n')
}

function curves({ curve, bins, calibratedBins, coverage, evaluation }: ScoreCard): string {
  const { truePositives: sick, falsePositives: healthy } = curve.at(-1)!
  const roc = curve.map(({ truePositives, falsePositives }) => ({
    x: falsePositives / Math.max(1, healthy),
    y: truePositives / Math.max(1, sick),
  }))
  const precision = curve.slice(1).map(({ truePositives, falsePositives }) => ({
    x: truePositives / Math.max(1, sick),
    y: truePositives / (truePositives + falsePositives),
  }))
  const errors = coverage.map(({ coverage: x, error: y }) => ({ x, y }))
  return [
    plot(`ROC curve, area ${three(evaluation.auc) ?? '–'}`, { x: '1 − specificity', y: 'Sensitivity' }, [{ points: roc }], true), // prettier-ignore
    plot(`Precision and recall, average precision ${three(evaluation.averagePrecision) ?? '–'}`, { x: 'Recall', y: 'Precision' }, [{ points: precision }]), // prettier-ignore
    reliability('Reliability of the raw score', bins),
    ...(calibratedBins.length > 0 ? [reliability('Reliability after calibration', calibratedBins)] : []), // prettier-ignore
    plot('Share decided wrongly when the least sure are left out', { x: 'Share of films decided', y: 'Decided wrongly' }, [{ points: errors }]), // prettier-ignore
  ].join('')
}

const reliability = (title: string, bins: ScoreCard['bins']): string =>
  plot(title, { x: 'Mean score', y: 'Share of cases' }, [{ points: bins.map(({ meanScore: x, sickShare: y }) => ({ x, y })), marks: true }], true) // prettier-ignore
