export interface ShippedPart {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly purl: string
  readonly kind: 'npm' | 'program' | 'model' | 'data'
  readonly texts: readonly string[]
}

export function shippedParts(): ShippedPart[]
