/** What a person can ask of a threshold, in the words of the tool. */
import type { Goal, OperatingPoint } from '../../../../shared/domain/calibration.ts'
import { goalWords } from '../../../../shared/judgement/goalWords.ts'
import { count } from '../../../format.ts'

export type GoalKind = Goal['kind']

export const goalKinds: readonly { readonly kind: GoalKind; readonly label: string }[] = [
  { kind: 'sensitivity', label: 'Find at least … of the cases' },
  { kind: 'specificity', label: 'Clear at least … of the healthy' },
  { kind: 'youden', label: 'Best sum of both (Youden)' },
  { kind: 'cost', label: 'Least cost: a missed case costs … false alarms' },
  { kind: 'manual', label: 'By hand, at …' },
]

/** `value` is a share, or for «cost» how many false alarms a missed case is worth. */
export function goalOf(kind: GoalKind, value: number): Goal {
  switch (kind) {
    case 'sensitivity':
    case 'specificity':
      return { kind, atLeast: value }
    case 'cost':
      return { kind, missed: value, falseAlarm: 1 }
    case 'youden':
    case 'manual':
      return { kind }
  }
}

/** How a threshold came to be, and on which films. */
export const pointWords = ({ goal, on }: OperatingPoint): string =>
  `${goalWords(goal)}, on ${count(on.films)} films of ${on.name}`
