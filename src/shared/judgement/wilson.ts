import type { Interval } from '../domain/evaluation.ts'
import { Z_95 } from './normal.ts'

/**
 * 95 % interval of a share (Wilson, J. Am. Stat. Assoc. 22, 1927), which stays within 0–1 and is honest about shares of
 * 0 and 1. Undefined for a share of nothing.
 */
export function wilson(part: number, whole: number): Interval | undefined {
  if (whole === 0) return undefined
  const share = part / whole
  const square = (Z_95 * Z_95) / whole
  const centre = (share + square / 2) / (1 + square)
  const reach =
    (Z_95 / (1 + square)) * Math.sqrt((share * (1 - share)) / whole + square / (4 * whole))
  return [part === 0 ? 0 : Math.max(0, centre - reach), part === whole ? 1 : Math.min(1, centre + reach)] // prettier-ignore
}
