/** Which figures of a subgroup are shown, and which of its films stand behind each. */
import type { Evaluation, Interval } from '../../../../shared/domain/evaluation.ts'

export interface SubgroupColumn {
  readonly name: string
  /** What the films behind it are. */
  readonly films: string
  /** The class of these; all classes when left out. */
  readonly label?: number
  readonly read: (
    evaluation: Evaluation,
  ) => readonly [figure: number | undefined, interval: Interval | undefined]
}

const accuracy: SubgroupColumn = {
  name: 'Accuracy',
  films: 'all films',
  read: (one) => [one.accuracy, one.accuracyCi95],
}

const ofTwoClasses = (classes: readonly string[]): readonly SubgroupColumn[] => [
  { name: 'AUC', films: 'all films', read: (one) => [one.auc, one.aucCi95] },
  {
    ...{ name: 'Sensitivity', films: `films of ${classes[1]}`, label: 1 },
    read: (one) => [one.sensitivity, one.sensitivityCi95],
  },
  {
    ...{ name: 'Specificity', films: `films of ${classes[0]}`, label: 0 },
    read: (one) => [one.specificity, one.specificityCi95],
  },
  accuracy,
]

const ofMore: readonly SubgroupColumn[] = [
  accuracy,
  {
    ...{ name: 'Balanced accuracy', films: 'all films' },
    read: (one) => [one.balancedAccuracy, undefined],
  },
  { name: 'Macro AUC', films: 'all films', read: (one) => [one.macro?.auc, undefined] },
]

export const subgroupColumns = (classes: readonly string[]): readonly SubgroupColumn[] =>
  classes.length === 2 ? ofTwoClasses(classes) : ofMore
