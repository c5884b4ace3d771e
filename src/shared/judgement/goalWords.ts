import type { Goal } from '../domain/calibration.ts'
import { assertNever } from '../assertNever.ts'

const percent = (share: number) => `${Number((100 * share).toFixed(1))} %`

/** How a threshold came to be: «chosen to find at least 95 % of the cases». */
export function goalWords(goal: Goal): string {
  switch (goal.kind) {
    case 'sensitivity':
      return `chosen to find at least ${percent(goal.atLeast)} of the cases`
    case 'specificity':
      return `chosen to clear at least ${percent(goal.atLeast)} of the healthy`
    case 'youden':
      return 'chosen for the best sum of sensitivity and specificity'
    case 'cost':
      return `chosen for the least cost, a missed case costing ${goal.missed / goal.falseAlarm} false alarms`
    case 'manual':
      return 'set by hand'
    default:
      return assertNever(goal)
  }
}
