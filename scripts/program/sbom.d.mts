import type { ShippedPart } from './licences.mjs'

export function billOfMaterials(manifest: unknown, parts: readonly ShippedPart[]): object
