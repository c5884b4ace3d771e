/** What computes, and on what. */
import { z } from 'zod'

export const EngineInfo = z.object({
  /** Of libtensorflow, as the library itself says; «none» where it cannot be loaded. */
  tensorflow: z.string(),
  tfjs: z.string(),
  node: z.string(),
  /** WASM: WebAssembly on one processor thread, which screens and evaluates but does not train. */
  backend: z.enum(['CPU', 'GPU', 'WASM']),
  /** Instruction set of our own training operations; absent where TensorFlow's do all the work. */
  kernels: z.string().optional(),
  /** The processor's or graphics card's name. */
  device: z.string(),
  threads: z.int(),
  /** Memory of the machine, bytes. */
  memoryBytes: z.number(),
  warnings: z.array(z.string()),
})
export type EngineInfo = z.infer<typeof EngineInfo>
