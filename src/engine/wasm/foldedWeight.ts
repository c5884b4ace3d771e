import type { Folded } from '../graph/foldNormalisation.ts'
import type { WeightSpec } from '../models/layerWeights.ts'

/**
 * The weight's values with the normalisation that was folded into it, γ (x − μ) / √(σ² + ε) + β: kernels are
 * multiplied by γ / √(σ² + ε) for each channel of the result, which is their last axis (a depthwise kernel's last two).
 */
export function foldedWeight(
  weight: WeightSpec,
  folds: Folded['folds'],
  valuesOf: (weight: WeightSpec) => Float32Array,
): Float32Array {
  const fold = folds.get(weight.name)
  if (fold === undefined) return valuesOf(weight)
  const { normalise, becomes } = fold
  const [gamma, beta] = [valuesOf(normalise.gamma), valuesOf(normalise.beta)]
  const [mean, variance] = [valuesOf(normalise.movingMean), valuesOf(normalise.movingVariance)]
  const factor = gamma.map((value, at) => value / Math.sqrt(variance[at]! + normalise.epsilon))
  const offset = beta.map((value, at) => value - mean[at]! * factor[at]!)
  if (becomes === 'offset') return offset
  const values = valuesOf(weight)
  return becomes === 'bias'
    ? values.map((value, at) => value * factor[at]! + offset[at]!)
    : values.map((value, at) => value * factor[at % factor.length]!)
}
