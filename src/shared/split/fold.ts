/** A fold of a cross-validation, as a setting writes it. */
import { AppError } from '../errors.ts'

/** `2/5`: the second of five. Counted from 1; at least two. */
export interface Fold {
  readonly index: number
  readonly of: number
}

/** Throws BAD_INPUT for a fold that there is none of, such as `6/5` or `1/1`. */
export function foldOf(text: string): Fold {
  const [index = 0, of = 0] = text.split('/').map(Number)
  if (of >= 2 && index >= 1 && index <= of) return { index, of }
  throw new AppError('BAD_INPUT', `There is no fold ${text}: folds are counted from 1/2`)
}
