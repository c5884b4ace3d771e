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

/** Below it an interval is so wide that a difference says little. */
const [FEW, FEW_OF_A_CLASS] = [30, 10]

/** Why the figures of a subgroup are to be read with care; undefined where they are not. */
export function warningOf({ n, matrix }: Pick<Evaluation, 'n' | 'matrix'>): string | undefined {
  const ofClass = matrix.map((row) => row.reduce((sum, count) => sum + count, 0))
  const present = ofClass.filter((count) => count > 0)
  if (present.length < 2) return 'films of one class alone'
  if (n < FEW) return `only ${n} films: read with care`
  const least = Math.min(...ofClass)
  return least < FEW_OF_A_CLASS ? `only ${least} films of a class: read with care` : undefined
}
