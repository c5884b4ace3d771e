import { z } from 'zod'

/** How far a call is. */
export const Count = z.object({ done: z.int(), total: z.int() })
