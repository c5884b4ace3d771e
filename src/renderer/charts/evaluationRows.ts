import { count, metric } from '../format.ts'
import type { AssessedFilter } from '../../shared/domain/assessment.ts'
import type { Evaluation, Interval } from '../../shared/domain/evaluation.ts'

export interface EvaluationRow {
  readonly label: string
  readonly hint?: string
  /** Of which films it is told; all of them when left out. */
  readonly films?: Pick<AssessedFilter, 'label' | 'predicted'>
  /** One a column, a dash for what is unknown. */
  readonly values: readonly string[]
}

/** «0.912 (0.89–0.93)», without the bracket where there is no interval. */
export const withInterval = (value: number | undefined, interval: Interval | undefined): string =>
  interval ? `${metric(value)} (${metric(interval[0])}–${metric(interval[1])})` : metric(value)

/** A figure whose interval stands beside it under the same name. */
type Ranged = 'accuracy' | 'sensitivity' | 'specificity' | 'ppv' | 'npv' | 'averagePrecision' | 'brier' // prettier-ignore
const ranged = (name: Ranged) => (evaluation: Evaluation) =>
  withInterval(evaluation[name], evaluation[`${name}Ci95`])

const figures: readonly {
  readonly label: string
  readonly hint?: string
  readonly films?: Pick<AssessedFilter, 'label' | 'predicted'>
  readonly read: (evaluation: Evaluation) => string
}[] = [
  { label: 'Films', read: ({ n }) => count(n) },
  { label: 'Loss', hint: 'Mean cross-entropy; lower is better.', read: ({ loss }) => metric(loss) },
  {
    label: 'Accuracy',
    hint: 'Share of films called rightly, with Wilson’s 95 % interval.',
    read: ranged('accuracy'),
  },
  {
    label: 'Majority baseline',
    hint: 'Accuracy of always naming the commonest class. A model must beat it to be of use.',
    read: ({ majorityAccuracy }) => metric(majorityAccuracy),
  },
  {
    label: 'Balanced accuracy',
    hint: 'Mean of the classes’ recalls; 0.5 is chance for two classes.',
    read: ({ balancedAccuracy }) => metric(balancedAccuracy),
  },
  {
    label: 'AUC (95 % interval)',
    hint: 'Area under the ROC curve, with DeLong’s interval.',
    read: ({ auc, aucCi95 }) => withInterval(auc, aucCi95),
  },
  {
    label: 'AUC, by patient',
    hint: 'The interval from 1,000 draws of whole patients, whose films resemble each other.',
    read: ({ auc, aucBootstrapCi95 }) =>
      aucBootstrapCi95 ? withInterval(auc, aucBootstrapCi95) : '–',
  },
  {
    label: 'Average precision',
    hint: 'Area under the precision–recall curve; chance is the share of positive films.',
    read: ranged('averagePrecision'),
  },
  {
    label: 'Sensitivity',
    films: { label: 1 },
    hint: 'Share of the positive films that are called positive at the threshold.',
    read: ranged('sensitivity'),
  },
  {
    label: 'Specificity',
    films: { label: 0 },
    hint: 'Share of the negative films that are called negative at the threshold.',
    read: ranged('specificity'),
  },
  {
    label: 'PPV',
    films: { predicted: 1 },
    hint: 'Share of films called positive that are; depends on how common cases are.',
    read: ranged('ppv'),
  },
  {
    label: 'NPV',
    films: { predicted: 0 },
    hint: 'Share of films called negative that are; depends on how common cases are.',
    read: ranged('npv'),
  },
  { label: 'F1', read: ({ f1 }) => metric(f1) },
  {
    label: 'Matthews correlation',
    hint: 'Agreement of call and truth from −1 to 1; 0 is chance.',
    read: ({ mcc }) => metric(mcc),
  },
  {
    label: 'Macro F1',
    hint: 'Mean of the classes’ F1.',
    read: ({ macro }) => metric(macro?.f1),
  },
  {
    label: 'Macro AUC',
    hint: 'Mean of the areas of each class against all others.',
    read: ({ macro }) => metric(macro?.auc),
  },
  {
    label: 'Brier score',
    hint: 'Mean squared distance of the score from the truth; lower is better.',
    read: ranged('brier'),
  },
  {
    label: 'Calibration error',
    hint: 'Expected calibration error over bins of equal mass; lower is better.',
    read: ({ ece }) => metric(ece),
  },
  { label: 'Threshold', read: ({ threshold }) => metric(threshold) },
]

/** The figures that at least one of the evaluations has, in a fixed order. */
export const evaluationRows = (evaluations: readonly (Evaluation | null)[]): EvaluationRow[] =>
  figures
    .map(({ read, ...row }) => ({
      ...row,
      values: evaluations.map((evaluation) => (evaluation ? read(evaluation) : '–')),
    }))
    .filter(({ values }) => values.some((value) => value !== '–'))
