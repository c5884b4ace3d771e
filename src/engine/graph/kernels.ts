import { nativeAddon } from '../nativeAddon.ts'
import { tensorflow } from '../tensorflow.ts'

/** Our operations take channels and filters in multiples of this (`kMultiple` in `native/`). */
export const CHANNEL_MULTIPLE = 16

/**
 * The instruction set that our own training operations compute with; undefined where they are missing, the processor has
 * neither AVX-512 nor AVX2, or a graphics card computes.
 */
export function kernelInstructions(): string | undefined {
  const instructionSet = nativeAddon()?.instructionSet ?? undefined
  return instructionSet === undefined || usesGraphicsCard() ? undefined : instructionSet
}

function usesGraphicsCard(): boolean {
  const backend = tensorflow().backend()
  return 'isUsingGpuDevice' in backend && backend.isUsingGpuDevice === true
}
