/** Each class against all others, and what that says together. */
import type { ClassFigures, Evaluation } from '../../shared/domain/evaluation.ts'
import { defined } from '../../shared/judgement/defined.ts'
import { wilson } from '../../shared/judgement/wilson.ts'
import { rocAuc } from './auc.ts'

const share = (part: number, whole: number) => (whole === 0 ? undefined : part / whole)

/** `matrix` counts films by true (rows) and predicted class; `rows` hold one probability a class. */
export function classFigures(
  matrix: readonly (readonly number[])[],
  rows: readonly (readonly number[])[],
  labels: ArrayLike<number>,
): ClassFigures[] {
  return matrix.map((counts, label) => {
    const films = counts.reduce((sum, count) => sum + count, 0)
    const called = matrix.reduce((sum, row) => sum + row[label]!, 0)
    const right = counts[label]!
    const scores = rows.map((row) => row[label]!)
    const isOne = Array.from(labels, (other) => Number(other === label))
    return {
      films,
      ...defined({
        recall: share(right, films),
        precision: share(right, called),
        f1: share(2 * right, films + called),
        auc: rocAuc(scores, isOne)?.auc,
        recallCi95: wilson(right, films),
        precisionCi95: wilson(right, called),
      }),
    }
  })
}

/** Plain means over the classes that have a figure. */
export function macroFigures(classes: readonly ClassFigures[]): NonNullable<Evaluation['macro']> {
  const meanOf = (name: 'recall' | 'precision' | 'f1' | 'auc') => {
    const values = classes.flatMap((figures) => figures[name] ?? [])
    return share(
      values.reduce((sum, value) => sum + value, 0),
      values.length,
    )
  }
  return defined({
    recall: meanOf('recall'),
    precision: meanOf('precision'),
    f1: meanOf('f1'),
    auc: meanOf('auc'),
  })
}

/** Matthews' correlation for any number of classes (Gorodkin, Comput. Biol. Chem. 28, 2004); undefined where one side never varies. */
export function multiclassMatthews(matrix: readonly (readonly number[])[]): number | undefined {
  const films = matrix.flat().reduce((sum, count) => sum + count, 0)
  const truths = matrix.map((row) => row.reduce((sum, count) => sum + count, 0))
  const calls = matrix.map((_, label) => matrix.reduce((sum, row) => sum + row[label]!, 0))
  const right = matrix.reduce((sum, row, label) => sum + row[label]!, 0)
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, at) => sum + value * b[at]!, 0)
  const spread =
    Math.sqrt(films ** 2 - dot(calls, calls)) * Math.sqrt(films ** 2 - dot(truths, truths))
  if (spread === 0) return undefined
  return Math.min(1, Math.max(-1, (right * films - dot(truths, calls)) / spread))
}
