/** How rows become values: NULL is «unknown», so it is left out; JSON columns are parsed as what they hold. */
import { z } from 'zod'

/** The schema of a row whose NULL columns are absent. */
export function row<Shape extends z.ZodType>(schema: Shape) {
  return z.preprocess(withoutNulls, schema)
}

/** A text column that holds JSON. */
export function json<Shape extends z.ZodType>(schema: Shape) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema)
}

/** An integer column that holds a yes or no. */
export const flag = z.int().transform((value) => value !== 0)

function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([, column]) => column !== null))
}

/** The value as a JSON column holds it; NULL for «unknown». */
export const toJson = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value)
