/** Pixels of a film as the viewer holds them. */
import type { FilmDescription } from '../../shared/domain/filmPixels.ts'
import type { Size } from './view.ts'

export interface FilmPixels extends Size {
  /** Row by row from the top left, one sample a pixel. */
  readonly samples: Uint8Array | Uint16Array
  /** Smallest and largest value in the film. */
  readonly minimum: number
  readonly maximum: number
  /** How the file itself wants to be shown. */
  readonly window: GreyWindow
  readonly inverted: boolean
  /** What the file says of its samples: real values, windows, spacing. */
  readonly description: FilmDescription
}

/** Grey values from `centre − width/2` (black) to `centre + width/2` (white). */
export interface GreyWindow {
  readonly centre: number
  readonly width: number
}

/** From the darkest to the brightest value. */
export const fullRange = ({ minimum, maximum }: FilmPixels): GreyWindow => between(minimum, maximum)

/** From the 1st to the 99th percentile: collimator edges and burned-in letters do not spread it. */
export function automatic(film: FilmPixels): GreyWindow {
  const { counts, total } = histogram(film)
  return between(percentile(counts, total, 0.01), percentile(counts, total, 0.99))
}

const between = (low: number, high: number): GreyWindow => ({
  centre: (low + high) / 2,
  width: Math.max(1, high - low),
})

/** Samples looked at for a histogram: enough for a percentile, and at most some 10 ms of work. */
const enough = 2 ** 22

function histogram({ samples }: FilmPixels): { counts: Uint32Array; total: number } {
  const counts = new Uint32Array(samples instanceof Uint8Array ? 256 : 65_536)
  // An odd step does not fall into the rhythm of rows, whose lengths are mostly even.
  const step = Math.floor(samples.length / enough) * 2 + 1
  let total = 0
  for (let index = 0; index < samples.length; index += step) {
    counts[samples[index]!]! += 1
    total += 1
  }
  return { counts, total }
}

/** The smallest value that at least `share` of all samples do not exceed. */
function percentile(counts: Uint32Array, total: number, share: number): number {
  let seen = 0
  for (let value = 0; value < counts.length; value++) {
    seen += counts[value]!
    if (seen >= share * total && seen > 0) return value
  }
  return counts.length - 1
}
