/** What a person can ask of a threshold, in the words of the tool. */
import type { Goal, OperatingPoint } from '../../../../shared/domain/calibration.ts'
import { percent } from '../../../format.ts'

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

/** How a threshold came to be, in words. */
export function pointWords({ goal, on }: OperatingPoint): string {
  const films = `on ${on.films.toLocaleString('en')} films of ${on.name}`
  switch (goal.kind) {
    case 'sensitivity':
      return `chosen to find at least ${percent(goal.atLeast)} of the cases, ${films}`
    case 'specificity':
      return `chosen to clear at least ${percent(goal.atLeast)} of the healthy, ${films}`
    case 'youden':
      return `chosen for the best sum of sensitivity and specificity, ${films}`
    case 'cost':
      return `chosen for the least cost, a missed case costing ${goal.missed / goal.falseAlarm} false alarms, ${films}`
    case 'manual':
      return `set by hand, ${films}`
  }
}
