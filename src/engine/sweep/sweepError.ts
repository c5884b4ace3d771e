import { AppError } from '../../shared/errors.ts'
import type { TextPlace } from '../../shared/textPlace.ts'

/** What is wrong in a sweep, and where. */
export class SweepError extends AppError {
  constructor(
    what: string,
    readonly place?: TextPlace,
    /** `grid.dropout.0` */
    readonly option?: string,
    options?: ErrorOptions,
  ) {
    super(
      'BAD_INPUT',
      place ? `Line ${place.line}, column ${place.column}: ${what}` : what,
      options,
    )
  }
}
