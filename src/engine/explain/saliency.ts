/** Maps over the film's own pixels, from gradients by the film. */
import { normal, randomStream } from '../data/random.ts'
import type { GradientGraph } from './gradientGraph.ts'
import { overChannels, type HeatMap } from './heatMap.ts'
import { softened } from './softened.ts'

/** Films in one run of the graph. */
const AT_ONCE = 8

/**
 * Of the shorter side. A network's gradient jumps from pixel to pixel with its strides and pools, so that single pixels of
 * it say little; times the film, as integrated gradients have it, it is steadier.
 */
const [GRADIENT_BLUR, ATTRIBUTION_BLUR] = [1 / 16, 1 / 64]

/**
 * Integrated gradients (Sundararajan et al. 2017) from a black film: the mean gradient on the straight way from black to
 * the film, times the way. Its sum is the difference of the logits but for the steps (midpoint rule).
 */
export async function integratedGradients(
  graph: Pick<GradientGraph, 'run'>,
  film: Float32Array,
  target: number,
  pause: () => Promise<void>,
  steps = 32,
): Promise<{ readonly map: HeatMap; readonly attributions: Float32Array }> {
  const ways = Array.from({ length: steps }, (_, step) =>
    film.map((value) => (value * (step + 0.5)) / steps),
  )
  const { shape, mean } = await meanGradient(graph, ways, target, pause)
  const [black, whole] = [film.map(() => 0), film].map((one) => graph.run(one, 1, target).values)
  const attributions = mean.map((gradient, at) => gradient * (whole![at]! - black![at]!))
  return { map: softened(overChannels(shape, attributions), ATTRIBUTION_BLUR), attributions }
}

/**
 * SmoothGrad (Smilkov et al. 2017): the mean gradient over copies with noise of 10 % of the full range, blurred. Means of
 * squares and variances point worse at what was planted in films (docs/judgement.md).
 */
export async function smoothGrad(
  graph: Pick<GradientGraph, 'run'>,
  film: Float32Array,
  target: number,
  pause: () => Promise<void>,
  copies = 16,
): Promise<HeatMap> {
  const random = randomStream(1, 'smoothgrad')
  const noisy = Array.from({ length: copies }, () =>
    film.map((value) => value + 25.5 * normal(random)),
  )
  const { shape, mean } = await meanGradient(graph, noisy, target, pause)
  return softened(overChannels(shape, mean), GRADIENT_BLUR)
}

async function meanGradient(
  graph: Pick<GradientGraph, 'run'>,
  films: readonly Float32Array[],
  target: number,
  pause: () => Promise<void>,
) {
  const size = films[0]!.length
  const mean = new Float32Array(size)
  let shape: readonly number[] = []
  for (let start = 0; start < films.length; start += AT_ONCE) {
    const some = films.slice(start, start + AT_ONCE)
    const packed = new Float32Array(some.length * size)
    some.forEach((film, place) => packed.set(film, place * size))
    const run = graph.run(packed, some.length, target)
    ;({ shape } = run)
    run.gradients.forEach((gradient, at) => (mean[at % size]! += gradient / films.length))
    await pause()
  }
  return { shape, mean }
}
