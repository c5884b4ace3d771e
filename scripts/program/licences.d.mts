import type { ShippedPart } from '../../src/shared/shippedPart.ts'

export function shippedParts(): ShippedPart<string>[]
