/** What changes of films do to a model's decisions on them. Plain numbers in and out. */
import type { ShortcutChange, ShortcutFigures } from '../../shared/domain/shortcut.ts'
import { AppError } from '../../shared/errors.ts'
import { defined } from '../../shared/judgement/defined.ts'
import { wilson } from '../../shared/judgement/wilson.ts'
import { patientAucDifference } from './bootstrap.ts'
import { comparePaired } from './comparison.ts'

type Rows = readonly (readonly number[])[]

export interface ShortcutScores {
  readonly change: ShortcutChange
  /** One probability a class and film, of the films as they are, and of the same films changed. */
  readonly before: Rows
  readonly after: Rows
  readonly labels: readonly number[]
  /** Of each film. */
  readonly patients: readonly string[]
  /** Two classes: scores of the last one at or above it are called. */
  readonly threshold: number
}

/** Throws BAD_INPUT without films, or where the lengths do not fit. */
export function shortcutFigures(scores: ShortcutScores): ShortcutFigures {
  const { change, before, after, labels, threshold } = scores
  const films = labels.length
  if (films === 0 || before.length !== films || after.length !== films) {
    throw new AppError(
      'BAD_INPUT',
      'Changed films can be compared only with the same films as they are',
    )
  }
  const called = before.map((row) => calledClass(row, threshold))
  const calledNow = after.map((row) => calledClass(row, threshold))
  const flipped = labels.map((_, film) => film).filter((film) => called[film] !== calledNow[film])
  const rightBy = (calls: readonly number[]) =>
    flipped.filter((film) => calls[film] === labels[film]).length
  const moved = after.reduce((sum, row, film) => sum + distance(row, before[film]!), 0)
  return {
    ...{ change, films, flips: flipped.length },
    flipsCi95: wilson(flipped.length, films)!,
    // Of two classes each flip is one of both; of more a film may be wrong before and after.
    ...{ becameWrong: rightBy(called), becameRight: rightBy(calledNow) },
    meanShift: moved / films,
    ...defined({ auc: aucChange(scores), aucPatientsCi95: aucChangeOverPatients(scores) }),
  }
}

/** Of two classes the last one at or above the threshold; of more the likeliest. */
function calledClass(row: readonly number[], threshold: number): number {
  return row.length === 2 ? Number(row[1]! >= threshold) : row.indexOf(Math.max(...row))
}

const distance = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + Math.abs(value - b[at]!), 0) / 2

function aucChange({ before, after, labels, threshold }: ShortcutScores): ShortcutFigures['auc'] {
  if (before[0]?.length !== 2) return undefined
  const side = (rows: Rows) => ({ scores: rows.map((row) => row[1]!), threshold })
  return comparePaired(side(after), side(before), labels).delong
}

function aucChangeOverPatients({ before, after, labels, patients }: ShortcutScores) {
  if (before[0]?.length !== 2) return undefined
  const scoresOf = (rows: Rows) => rows.map((row) => row[1]!)
  return patientAucDifference(scoresOf(after), scoresOf(before), labels, patients)
}
