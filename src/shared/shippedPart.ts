/** One part of what is shipped, ours or another's. */
export interface ShippedPart {
  readonly name: string
  readonly version: string
  /** An SPDX expression. */
  readonly licence: string
  readonly purl: string
  readonly kind: 'npm' | 'program' | 'model' | 'data'
  /** Places of its licence and notice texts. */
  readonly texts: readonly number[]
}
