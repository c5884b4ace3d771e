/** What computes, and on what: asked of the library itself, never guessed. */
import { readdirSync, readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { EngineInfo } from '../shared/domain/engineInfo.ts'
import { kernelInstructions } from './graph/kernels.ts'
import { missingAddon, tensorflow } from './tensorflow.ts'
import { programVersion } from './version.ts'
import { startWasm } from './wasm/startWasm.ts'

/** The parts of tfjs-node's backend that its types keep to themselves. */
const Backend = z.object({
  binding: z.object({ TF_Version: z.string() }),
  isUsingGpuDevice: z.boolean(),
})

const comfortableBytes = 4 * 2 ** 30

/** Throws ENGINE_FAILED when neither TensorFlow's native library nor WebAssembly can compute here. */
export async function describe(): Promise<EngineInfo> {
  const missing = missingAddon()
  return missing ? describeWasm(missing) : describeNative()
}

function describeNative(): EngineInfo {
  const { isUsingGpuDevice } = Backend.parse(tensorflow().backend())
  const graphics = graphicsCards()
  const kernels = kernelInstructions()
  const facts = { ...machine(), isUsingGpuDevice, graphics, lacksKernels: lacksKernels(kernels) }
  return {
    ...softwareVersions(),
    backend: isUsingGpuDevice ? 'GPU' : 'CPU',
    ...(kernels !== undefined && { kernels }),
    device: isUsingGpuDevice ? (graphics[0] ?? 'unknown') : facts.processor,
    threads: facts.threads,
    memoryBytes: facts.memoryBytes,
    warnings: warningsOf(facts),
  }
}

async function describeWasm(missing: NonNullable<ReturnType<typeof missingAddon>>) {
  const { version_core: tfjs } = await startWasm()
  const { processor, memoryBytes } = machine()
  const warning = `TensorFlow's native library cannot be used: ${missing.reason}. Films are scored with WebAssembly, slower and on one thread, and there is no training. ${missing.remedy}`
  return {
    tensorflow: 'none',
    tfjs,
    node: process.versions.node,
    backend: 'WASM' as const,
    device: processor,
    threads: 1,
    memoryBytes,
    warnings: [warning],
  }
}

/** Of what trains. Throws ENGINE_FAILED without the native library. */
export function softwareVersions(): Pick<EngineInfo, 'tensorflow' | 'tfjs' | 'node'> {
  const tf = tensorflow()
  const { binding } = Backend.parse(tf.backend())
  return {
    tensorflow: binding.TF_Version,
    tfjs: tf.version['tfjs-core'],
    node: process.versions.node,
  }
}

/** What predicts in this process. */
export function backendKind(): EngineInfo['backend'] {
  if (missingAddon()) return 'WASM'
  return Backend.parse(tensorflow().backend()).isUsingGpuDevice ? 'GPU' : 'CPU'
}

/** The same with its version and the program's: what scores depend on beside the weights. */
export function backendName(): string {
  const kind = backendKind()
  const library = kind === 'WASM' ? 'tfjs' : `TensorFlow ${softwareVersions().tensorflow}`
  return `${library} ${kind}, Pneumoscope ${programVersion()}`
}

function machine() {
  const processors = cpus()
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    threads: processors.length,
    memoryBytes: totalmem(),
  }
}

/** Only where set-up compiles them. */
const lacksKernels = (kernels: string | undefined) =>
  kernels === undefined && process.platform === 'linux' && process.arch === 'x64'

interface Facts {
  readonly isUsingGpuDevice: boolean
  readonly graphics: readonly string[]
  readonly memoryBytes: number
  readonly lacksKernels: boolean
}

/** What a person could change to get more out of the machine. */
export function warningsOf({
  isUsingGpuDevice,
  graphics,
  memoryBytes,
  lacksKernels,
}: Facts): string[] {
  const warnings: string[] = []
  if (!isUsingGpuDevice && graphics.length > 0) {
    warnings.push(
      `${graphics[0]!} is not used: TensorFlow runs on the processor. «npm run setup -- --gpu» fetches the libraries for it.`,
    )
  }
  if (!isUsingGpuDevice && lacksKernels) {
    warnings.push(
      'The training kernels are not in use, so networks with max-pools train at about half the speed. They need a processor with AVX2; «npm run setup» compiles them.',
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
