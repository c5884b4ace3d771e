/** One part of what is shipped, ours or another's. Its texts are places in a list that many parts share, or the texts themselves. */
export interface ShippedPart<Text = number> {
  readonly name: string
  readonly version: string
  /** An SPDX expression. */
  readonly licence: string
  readonly purl: string
  readonly kind: 'npm' | 'program' | 'model' | 'data'
  /** Licence and notices. */
  readonly texts: readonly Text[]
}
