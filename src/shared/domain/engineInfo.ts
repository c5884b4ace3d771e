/** What computes, and on what. */
import { z } from 'zod'

export const EngineInfo = z.object({
  /** Of libtensorflow, as the library itself says. */
  tensorflow: z.string(),
  tfjs: z.string(),
  node: z.string(),
  backend: z.enum(['CPU', 'GPU']),
  /** The processor's or graphics card's name. */
  device: z.string(),
  threads: z.int(),
  /** Memory of the machine, bytes. */
  memoryBytes: z.number(),
  warnings: z.array(z.string()),
})
export type EngineInfo = z.infer<typeof EngineInfo>
