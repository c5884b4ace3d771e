/** Originals, which are referenced and never moved: what became of them since their pixels were read. */
import { z } from 'zod'
import { OriginalState } from './dataset.ts'

export const CheckFilesOrder = z.object({
  files: z.array(
    z.object({
      path: z.string(),
      bytes: z.int(),
      modifiedMs: z.number().optional(),
      fileHash: z.string(),
    }),
  ),
  /** The hash decides also where size and time are the same. */
  thorough: z.boolean(),
})
export type CheckFilesOrder = z.infer<typeof CheckFilesOrder>

export const CheckedFile = z.object({
  path: z.string(),
  state: OriginalState.or(z.literal('same')),
  /** Of the file now, where its time is another and its content the same. */
  modifiedMs: z.number().optional(),
})
export type CheckedFile = z.infer<typeof CheckedFile>

/** An original that is not what was imported, as a list shows it. */
export const LostOriginal = z.object({ file: z.string(), state: OriginalState })
export type LostOriginal = z.infer<typeof LostOriginal>
