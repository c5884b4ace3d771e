/** Finds the convolutions with a max-pool behind them that our own operations compute, and makes each one step. */
import type { WeightSpec } from '../models/layerWeights.ts'
import { INPUT } from '../models/wiring.ts'
import { feedsOnly } from './foldNormalisation.ts'
import { CHANNEL_MULTIPLE } from './kernels.ts'
import type { GraphPrimitive, PooledConvolve, Primitive, Sliding } from './primitives.ts'
import { joinSteps, type Joined } from './rewrites.ts'

/**
 * The steps with these convolutions, their bias, relu and pool as one `pooledConvolve` that bears the pool's name.
 * `isGrey`: the films have one channel, whatever the network takes.
 */
export const poolConvolutions = (
  steps: readonly Primitive[],
  isGrey: boolean,
): readonly GraphPrimitive[] => joinSteps(steps, (at) => pooledAt(steps, at, isGrey))

function pooledAt(steps: readonly Primitive[], at: number, isGrey: boolean): Joined | undefined {
  const [convolve, bias, third, fourth] = steps.slice(at, at + 4)
  if (convolve?.step.kind !== 'convolve' || bias?.step.kind !== 'bias') return undefined
  const hasRelu = third?.step.kind === 'activate' && third.step.activation === 'relu'
  const pool = hasRelu ? fourth : third
  if (pool?.step.kind !== 'maxPool' || !isHalving(pool.step.sliding)) return undefined
  const { kernel, sliding } = convolve.step
  if (!isPlain(sliding) || !isWide(steps, convolve, kernel, isGrey)) return undefined
  const chain = hasRelu ? [convolve, bias, third, pool] : [convolve, bias, pool]
  if (!isChain(steps, chain) || !isLargeEnough(chain)) return undefined
  const step: PooledConvolve = {
    kind: 'pooledConvolve',
    sliding,
    kernel,
    bias: bias.step.bias,
    hasRelu,
  }
  return { primitive: { ...pool, inputs: convolve.inputs, step }, length: chain.length }
}

const isHalving = ({ window, strides, padding }: Sliding): boolean =>
  [...window, ...strides].every((side) => side === 2) && padding === 'valid'

const isPlain = ({ window, strides, dilation }: Sliding): boolean =>
  window.every((side) => side === 3) && [...strides, ...dilation].every((side) => side === 1)

/** At least one window to pool. */
const isLargeEnough = (chain: readonly Primitive[]): boolean =>
  chain.at(-1)!.outputShape.every((side) => side > 0)

/** Whether each takes the result of the one before, and no other does. */
const isChain = (steps: readonly Primitive[], chain: readonly Primitive[]): boolean =>
  chain
    .slice(1)
    .every(
      ({ name, inputs }, place) =>
        inputs[0] === chain[place]!.name && feedsOnly(steps, chain[place]!.name, name),
    )

function isWide(
  steps: readonly Primitive[],
  { inputs }: Primitive,
  { shape }: WeightSpec,
  isGrey: boolean,
): boolean {
  const [, , channels, filters] = shape
  if (filters! % CHANNEL_MULTIPLE !== 0) return false
  const isFirst = isFilm(steps, inputs[0]!) && (channels === 1 || isGrey)
  return isFirst || channels! % CHANNEL_MULTIPLE === 0
}

/** Whether that is the film itself, at most rescaled or with a margin: nothing before it learns. */
function isFilm(steps: readonly Primitive[], name: string): boolean {
  if (name === INPUT) return true
  const step = steps.find((one) => one.name === name)
  return (
    step !== undefined &&
    ['rescale', 'pad'].includes(step.step.kind) &&
    isFilm(steps, step.inputs[0]!)
  )
}
