import { z } from 'zod'

/** Where a film stands in a split. */
export const Part = z.enum(['train', 'validation', 'test'])
export type Part = z.infer<typeof Part>
