import type { ClassCount } from '../../../shared/domain/dataset.ts'
import { percent } from '../../format.ts'
import type { PartName } from './words.ts'

const parts: readonly PartName[] = ['train', 'validation', 'test', 'unassigned']

export interface ClassRow {
  readonly className: string
  /** Films in each of the parts shown. */
  readonly cells: readonly number[]
  readonly total: number
  readonly share: string
}

/** The parts that hold films, in reading order. */
export const usedParts = (counts: readonly ClassCount[]): PartName[] =>
  parts.filter((part) => counts.some((row) => row[part] > 0))

/** A row for each class, and one for all of them when there are several. */
export function classRows(counts: readonly ClassCount[], shown: readonly PartName[]): ClassRow[] {
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
  const all = sum(counts.flatMap((row) => parts.map((part) => row[part])))
  const row = (className: string, of: readonly ClassCount[]): ClassRow => {
    const total = sum(of.flatMap((each) => parts.map((part) => each[part])))
    return {
      className,
      cells: shown.map((part) => sum(of.map((each) => each[part]))),
      total,
      share: all === 0 ? '–' : percent(total / all),
    }
  }
  const rows = counts.map((each) => row(each.className, [each]))
  return counts.length > 1 ? [...rows, row('All', counts)] : rows
}
