import { count } from '../format.ts'

/** What a number field takes. Bounds are as stored; `scale` turns a stored value into the shown one. */
export interface NumberRule {
  readonly label: string
  /** What it does, in one sentence. */
  readonly hint: string
  readonly min: number
  readonly max: number
  readonly unit?: string
  readonly scale?: number
  /** Of the arrows, in shown units. */
  readonly step?: number
  readonly whole?: boolean
  /** May be left empty, which is off. */
  readonly optional?: boolean
}

const written = (value: number, { scale = 1 }: NumberRule): string => {
  const shown = Number((value * scale).toPrecision(6))
  return Number.isInteger(shown) ? count(shown) : String(shown)
}

/** Why a value cannot be taken, in words; undefined when it can. */
export function numberProblem(rule: NumberRule, value: number | undefined): string | undefined {
  if (value === undefined) return rule.optional ? undefined : 'A number is needed.'
  if (Number.isFinite(value) && value >= rule.min && value <= rule.max) {
    return rule.whole && !Number.isInteger(value) ? 'A whole number is needed.' : undefined
  }
  const unit = rule.unit ? ` ${rule.unit}` : ''
  return `Between ${written(rule.min, rule)} and ${written(rule.max, rule)}${unit}.`
}
