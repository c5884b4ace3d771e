import type { ShippedPart } from '../../src/shared/shippedPart.ts'

export function billOfMaterials(manifest: unknown, parts: readonly ShippedPart<string>[]): object
