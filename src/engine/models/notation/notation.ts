/** A network in one line (Rainardi, 2021), read: groups of convolutions, then dense layers. */
import type { Padding } from '../../../shared/domain/modelSpec.ts'
import { AppError } from '../../../shared/errors.ts'

export interface Convolution {
  readonly filters: number
  /** Side of the kernel. */
  readonly kernel: number
  /** Batch normalisation follows. */
  readonly isNormalised: boolean
  /** Left out: by its place in the group (`paddingAt`). */
  readonly padding?: Padding
}

/** Convolutions that one max-pooling closes. */
export interface Group {
  readonly convolutions: readonly Convolution[]
  /** Side of the pooling window. */
  readonly pool: number
  /** After the pooling. */
  readonly dropout?: number
}

export interface Dense {
  readonly units: number
  readonly isNormalised: boolean
  readonly hasRelu: boolean
  /** After it. */
  readonly dropout?: number
  /** Factor of the kernel's penalty; 0 is none. */
  readonly l2: number
}

export interface Notation {
  readonly groups: readonly Group[]
  readonly dense: readonly Dense[]
}

export const defaults = { kernel: 3, pool: 2, l2: 0.01 } as const

/** The notation's rule: in a pair same, then valid. A longer group ends in valid; one alone is same. */
export const paddingAt = (place: number, count: number): Padding =>
  count > 1 && place === count - 1 ? 'valid' : 'same'

/** What is wrong in a notation, and where. */
export class NotationError extends AppError {
  constructor(
    message: string,
    readonly text: string,
    /** UTF-16 units from the start of the text. */
    readonly position: number,
    /** At least 1. */
    readonly length: number,
  ) {
    super('BAD_INPUT', `Character ${position + 1}: ${message}`)
  }
}
