import { Optimiser, type ModelSpec } from './modelSpec.ts'

interface Wanted {
  readonly optimiser?: Optimiser['kind'] | undefined
  readonly learningRate?: number | undefined
}

/** The network with another optimiser, at its usual settings, or with another learning rate; as it was without either. */
export function withOptimiser(spec: ModelSpec, { optimiser, learningRate }: Wanted): ModelSpec {
  const base: Optimiser =
    optimiser === undefined || optimiser === spec.optimiser.kind
      ? spec.optimiser
      : Optimiser.parse({ kind: optimiser })
  return { ...spec, optimiser: { ...base, ...(learningRate !== undefined && { learningRate }) } }
}
