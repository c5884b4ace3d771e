import { z } from 'zod'
import type { ErrorCode } from '../errors.ts'

/** What a client sends; parsed by the server before anything else is looked at. */
export const Request = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: z.int(), name: z.string(), input: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: z.int() }),
])
export type Request = z.infer<typeof Request>

export type Reply =
  | { readonly type: 'progress'; readonly id: number; readonly value: unknown }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | {
      readonly type: 'error'
      readonly id: number
      readonly code: ErrorCode
      readonly message: string
    }
