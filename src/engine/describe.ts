/** What computes, and on what: asked of the library itself, never guessed. */
import { readdirSync, readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { EngineInfo } from '../shared/domain/engineInfo.ts'
import { tensorflow } from './tensorflow.ts'

/** The parts of tfjs-node's backend that its types keep to themselves. */
const Backend = z.object({
  binding: z.object({ TF_Version: z.string() }),
  isUsingGpuDevice: z.boolean(),
})

const comfortableBytes = 4 * 2 ** 30

export function describe(): EngineInfo {
  const tf = tensorflow()
  const { binding, isUsingGpuDevice } = Backend.parse(tf.backend())
  const processors = cpus()
  const graphics = graphicsCards()
  const facts = { isUsingGpuDevice, graphics, memoryBytes: totalmem() }
  return {
    tensorflow: binding.TF_Version,
    tfjs: tf.version['tfjs-core'],
    node: process.versions.node,
    backend: isUsingGpuDevice ? 'GPU' : 'CPU',
    device: (isUsingGpuDevice ? graphics[0] : processors[0]?.model.trim()) ?? 'unknown',
    threads: processors.length,
    memoryBytes: facts.memoryBytes,
    warnings: warningsOf(facts),
  }
}

interface Facts {
  readonly isUsingGpuDevice: boolean
  readonly graphics: readonly string[]
  readonly memoryBytes: number
}

/** What a person could change to get more out of the machine. */
export function warningsOf({ isUsingGpuDevice, graphics, memoryBytes }: Facts): string[] {
  const warnings: string[] = []
  if (!isUsingGpuDevice && graphics.length > 0) {
    warnings.push(
      `${graphics[0]!} is not used: TensorFlow runs on the processor. «npm run setup -- --gpu» fetches the libraries for it.`,
    )
  }
  if (memoryBytes < comfortableBytes) {
    warnings.push(
      `The machine has ${(memoryBytes / 2 ** 30).toFixed(1)} GB of memory; trainings may need small batches.`,
    )
  }
  return warnings
}

/** Names of NVIDIA's graphics cards as its Linux driver tells them; empty without the driver. */
function graphicsCards(folder = '/proc/driver/nvidia/gpus'): string[] {
  try {
    return readdirSync(folder).flatMap((card) => {
      const text = readFileSync(join(folder, card, 'information'), 'utf8')
      return /^Model:\s*(.+)$/m.exec(text)?.slice(1, 2) ?? []
    })
  } catch {
    return []
  }
}
