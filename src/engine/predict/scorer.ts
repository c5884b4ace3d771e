/** Scores of a job: exact, or in bfloat16 once that has shown itself faster and in agreement. */
import type { ModelManifest } from '../../shared/domain/model.ts'
import { isCancelled } from '../../shared/errors.ts'
import type { FilmBatch, Network } from '../graph/network.ts'
import { rowsOf } from './rows.ts'

export type Precision = 'float32' | 'bfloat16'

export interface Scorer {
  /** [count, outputs] probabilities. */
  readonly score: (films: FilmBatch) => Float32Array
  /** What the latest films were scored in. */
  readonly precision: () => Precision
}

/** Shorter jobs gain less than the trial costs. */
const SHORTEST_JOB = 128
/** Batches that are scored both ways. */
const TRIALS = 2
/** Largest difference of a probability that counts as agreement. */
const AGREEMENT = 0.005
/** Films this near to another decision are scored again in float32: twice what was ever seen to differ. */
const DOUBT = 2 * AGREEMENT
/** A gain below this is not worth the digits. */
const LEAST_GAIN = 1.25

/** What scores films, one way or two. */
export type ScoringNetwork = Pick<Network, 'predict' | 'predictInBfloat16'>

export interface ScorerOrder {
  readonly network: ScoringNetwork
  readonly manifest: Pick<ModelManifest, 'threshold'>
  readonly films: number
  /** `auto` allows bfloat16. */
  readonly precision: 'float32' | 'auto'
}

/**
 * Processor seconds so far, of all threads. Not the clock: what else the machine does must not decide.
 */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/**
 * A scorer for one job. The first batches are scored both ways and keep their float32 scores; when bfloat16 takes
 * clearly less time and no probability differs by more than 0.005, it scores the rest, save films within 0.01 of
 * another decision, so that none is decided otherwise than in float32. Should one of these differ by more, float32
 * scores that batch and all that follow.
 */
export function createScorer(order: ScorerOrder, seconds = processorSeconds): Scorer {
  const { network, manifest } = order
  const rounded = network.predictInBfloat16
  const exact: Scorer = { score: (films) => network.predict(films), precision: () => 'float32' }
  if (order.precision === 'float32' || order.films < SHORTEST_JOB || !rounded) return exact
  let [trials, gained, failed] = [0, 0, false]
  let precision: Precision = 'float32'

  function trial(films: FilmBatch): Float32Array {
    // The first run has TensorFlow prepare the graph; it is not timed.
    if (trials === 0) rounded!(films)
    const startedAt = seconds()
    const scores = network.predict(films)
    const between = seconds()
    const others = rounded!(films)
    gained += between - startedAt - LEAST_GAIN * (seconds() - between)
    trials++
    failed = worstDifference(scores, others) > AGREEMENT || (trials === TRIALS && gained < 0)
    return scores
  }
  return {
    precision: () => precision,
    score(films) {
      if (failed || films.count === 0) return exact.score(films)
      try {
        if (trials < TRIALS) return trial(films)
        const scores = rounded(films)
        if (settleDoubts(network, films, scores, manifest.threshold) <= AGREEMENT) {
          precision = 'bfloat16'
          return scores
        }
      } catch (cause) {
        // A processor or a library that cannot do it. What else may be wrong, float32 meets too and reports.
        if (isCancelled(cause)) throw cause
      }
      failed = true
      precision = 'float32'
      return exact.score(films)
    },
  }
}

/** Takes scores near another decision from float32; gives the largest difference that this made. */
function settleDoubts(
  network: ScoringNetwork,
  films: FilmBatch,
  scores: Float32Array,
  threshold: number,
): number {
  const rows = rowsOf(scores, films.count)
  const doubtful = rows.flatMap((row, film) => (margin(row, threshold) <= DOUBT ? [film] : []))
  if (doubtful.length === 0) return 0
  const length = films.pixels.length / films.count
  const pixels = new Uint8Array(doubtful.length * length)
  for (const [place, film] of doubtful.entries())
    pixels.set(films.pixels.subarray(film * length, (film + 1) * length), place * length)
  const exact = network.predict({ ...films, count: doubtful.length, pixels })
  return rowsOf(exact, doubtful.length).reduce((most, row, place) => {
    const settled = rows[doubtful[place]!]!
    const difference = worstDifference(row, settled)
    settled.set(row)
    return Math.max(most, difference)
  }, 0)
}

/** How far the probabilities may move before the decision changes. */
function margin(row: Float32Array, threshold: number): number {
  if (row.length <= 2) return Math.abs(row.at(-1)! - threshold)
  const [first, second] = [...row].sort((a, b) => b - a)
  return (first! - second!) / 2
}

/** Infinite when one of them is no number. */
function worstDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, at) => {
    const difference = Math.abs(value - b[at]!)
    return difference <= most ? most : Number.isNaN(difference) ? Infinity : difference
  }, 0)
}
