/** The films of a training: split, decoded once, ready to be read in batches. */
import type { Part } from '../../shared/domain/part.ts'
import type { FilmSource } from '../data/batches.ts'
import type { AssignedFilm } from '../data/split.ts'

export interface TrainingFilms {
  /** Films that could be read, without gaps: `places` do not count these. */
  readonly films: readonly AssignedFilm[]
  /** Places of each part's films in `source` and `labels`. */
  readonly places: Readonly<Record<Part, readonly number[]>>
  /** Class index by place. */
  readonly labels: readonly number[]
  /** By place, where a film may be of the other of two classes; absent: none may. */
  readonly doubts?: readonly number[]
  readonly source: FilmSource
  /** Every film says of itself that no patient stands behind it. */
  readonly synthetic: boolean
  /** By class; absent: each film weighs the same. */
  readonly classWeights?: readonly number[]
  /** Seconds that decoding the training films took, for an honest first epoch. */
  readonly decodeSeconds: number
  readonly pathsOf: (places: readonly number[]) => string[]
  /** Gives the decoded films' memory and file back. */
  readonly close: () => Promise<void>
}
