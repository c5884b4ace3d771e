/** Our own TensorFlow operations, which set-up compiles where it can (`native/`); without them graphs use TensorFlow's. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { missingAddon, tensorflow } from '../tensorflow.ts'

/** Set to «off», it keeps them out, so that what happens without them can be tried where they are. */
const KERNELS = 'PNEUMOSCOPE_KERNELS'

let found: { readonly instructionSet: string | undefined } | undefined

/**
 * The instruction set that they compute with; undefined where they are missing, the processor has neither AVX-512 nor
 * AVX2, or a graphics card computes. Registers them with TensorFlow on the first call.
 */
export function kernelInstructions(): string | undefined {
  found ??= { instructionSet: load() }
  return process.env[KERNELS] === 'off' ? undefined : found.instructionSet
}

function load(): string | undefined {
  if (missingAddon()) return undefined
  const backend = tensorflow().backend()
  if ('isUsingGpuDevice' in backend && backend.isUsingGpuDevice === true) return undefined
  const require = createRequire(import.meta.url)
  try {
    const binding = dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'))
    const addon: unknown = require(join(binding, 'kernels', 'pneumoscope_kernels.node'))
    return instructionsOf(addon)
  } catch {
    // They are a matter of speed alone; `doctor` tells whether they are in use.
    return undefined
  }
}

const instructionsOf = (addon: unknown): string | undefined =>
  typeof addon === 'object' &&
  addon !== null &&
  'instructionSet' in addon &&
  typeof addon.instructionSet === 'string'
    ? addon.instructionSet
    : undefined
