/** What a threshold, a calibration and zones are asked for in words of the command line. */
import { z } from 'zod'
import { CalibrationMethodName, type Goal } from '../shared/domain/calibration.ts'
import type { JudgementOrder } from '../shared/domain/scoreCard.ts'
import { share } from './parse.ts'

const goalWords =
  'takes sensitivity>=0.95, specificity>=0.9, youden, cost=10:1 (a missed case to a false alarm), manual=0.4 or none'

type GoalOrder = Pick<JudgementOrder, 'goal' | 'threshold'>

/** Undefined for words that are no goal. */
export function readGoal(text: string): GoalOrder | undefined {
  if (text === 'none') return { goal: null }
  if (text === 'youden') return { goal: { kind: 'youden' } }
  const [, kind, first, second = '1'] =
    /^(sensitivity|specificity|cost|manual)(?:>=|≥|=)(\d*\.?\d+)(?::(\d*\.?\d+))?$/.exec(text) ?? []
  const [value, price] = [Number(first), Number(second)]
  if (kind === 'cost') return value > 0 && price > 0 ? { goal: costs(value, price) } : undefined
  if (kind === undefined || text.includes(':') || value > 1) return undefined
  if (kind === 'manual') return { goal: { kind }, threshold: value }
  return { goal: { kind: kind as 'sensitivity' | 'specificity', atLeast: value } }
}

const costs = (missed: number, falseAlarm: number): Goal => ({ kind: 'cost', missed, falseAlarm })

/** The options of `models decide`. */
export const decisionOptions = {
  data: z.string().optional(),
  goal: z
    .string()
    .transform((text, context) => {
      const goal = readGoal(text)
      if (goal) return goal
      context.addIssue({ code: 'custom', message: goalWords })
      return z.NEVER
    })
    .optional(),
  calibration: z
    .enum([...CalibrationMethodName.options, 'none'], 'takes temperature, platt, isotonic or none')
    .optional(),
  risk: share(0, 0.5).optional(),
  'false-alarms': share(0, 0.5).default(0.1),
}

type Decisions = z.output<z.ZodObject<typeof decisionOptions>>

/** Undefined where nothing is asked for. */
export function orderOf({
  goal,
  calibration,
  risk,
  'false-alarms': alarms,
}: Decisions): JudgementOrder | undefined {
  // prettier-ignore
  const order: JudgementOrder = {
    ...goal,
    ...(calibration !== undefined && { calibration: calibration === 'none' ? null : calibration }),
    ...(risk !== undefined && { zones: { missAtMost: risk, falseAlarmAtMost: alarms } }),
  }
  return Object.keys(order).length > 0 ? order : undefined
}
