import { count, metric } from '../format.ts'
import type { Evaluation } from '../../shared/domain/evaluation.ts'

export interface EvaluationRow {
  readonly label: string
  readonly hint?: string
  /** One a column, a dash for what is unknown. */
  readonly values: readonly string[]
}

const figures: readonly {
  readonly label: string
  readonly hint?: string
  readonly read: (evaluation: Evaluation) => string
}[] = [
  { label: 'Films', read: ({ n }) => count(n) },
  { label: 'Loss', hint: 'Mean cross-entropy; lower is better.', read: ({ loss }) => metric(loss) },
  { label: 'Accuracy', read: ({ accuracy }) => metric(accuracy) },
  {
    label: 'AUC (95 % interval)',
    hint: 'Area under the ROC curve, with DeLong’s interval.',
    read: ({ auc, aucCi95 }) =>
      aucCi95 ? `${metric(auc)} (${metric(aucCi95[0])}–${metric(aucCi95[1])})` : metric(auc),
  },
  {
    label: 'Sensitivity',
    hint: 'Share of the positive films that are called positive at the threshold.',
    read: ({ sensitivity }) => metric(sensitivity),
  },
  {
    label: 'Specificity',
    hint: 'Share of the negative films that are called negative at the threshold.',
    read: ({ specificity }) => metric(specificity),
  },
  {
    label: 'PPV',
    hint: 'Share of films called positive that are; depends on how common cases are.',
    read: ({ ppv }) => metric(ppv),
  },
  {
    label: 'NPV',
    hint: 'Share of films called negative that are; depends on how common cases are.',
    read: ({ npv }) => metric(npv),
  },
  { label: 'F1', read: ({ f1 }) => metric(f1) },
  {
    label: 'Brier score',
    hint: 'Mean squared distance of the score from the truth; lower is better.',
    read: ({ brier }) => metric(brier),
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
