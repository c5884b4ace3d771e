/** Our own addon, which set-up compiles where it can (`native/`). Without it all is done by TensorFlow alone, slower. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { missingAddon } from './tensorflow.ts'

/** Set to «off», it keeps the addon out, and set to «avx2» from AVX-512, so that this can be tried where they are. */
const KERNELS = 'PNEUMOSCOPE_KERNELS'

export interface NativeAddon {
  /** That its training operations compute with; null where the processor has neither AVX-512 nor AVX2. */
  readonly instructionSet: string | null
  /** By TensorFlow's decoder, in one of Node's worker threads; three equal channels become one. */
  readonly decodeJpeg: (
    bytes: Uint8Array,
    channels: 1 | 3,
  ) => Promise<{ readonly channels: 1 | 3; readonly samples: Uint8Array }>
}

let found: { readonly addon: NativeAddon | undefined } | undefined

/** Undefined where it or TensorFlow is missing. The first call registers its operations with TensorFlow. */
export function nativeAddon(): NativeAddon | undefined {
  if (process.env[KERNELS] === 'off' || missingAddon()) return undefined
  found ??= { addon: load() }
  return found.addon
}

function load(): NativeAddon | undefined {
  const require = createRequire(import.meta.url)
  try {
    const binding = dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'))
    return require(join(binding, 'kernels', 'pneumoscope_kernels.node')) as NativeAddon
  } catch {
    // It is a matter of speed alone; `doctor` tells whether it is in use.
    return undefined
  }
}
