/** How fast a training goes and how long it will take. */

interface Pace {
  readonly imagesPerSecond: number
  readonly secondsLeft: number
}

export interface EpochMeter {
  /** Seconds since the epoch began. */
  readonly seconds: () => number
  /** After `batch` (from 1) of `batches` and `films` films, with `epochsLeft` whole epochs to come. */
  readonly pace: (at: {
    readonly batch: number
    readonly batches: number
    readonly films: number
    readonly epochsLeft: number
  }) => Pace
}

/**
 * @param now milliseconds of a clock that never goes back
 * @param earlierSeconds of each finished epoch: a whole epoch also validates, which its batches do not tell
 */
export function epochMeter(now: () => number, earlierSeconds: readonly number[]): EpochMeter {
  const startedAt = now()
  const seconds = () => (now() - startedAt) / 1000
  // The first batch also builds the graph and waits for the first films.
  let first: { readonly batch: number; readonly elapsed: number } | undefined
  return {
    seconds,
    pace({ batch, batches, films, epochsLeft }) {
      const elapsed = seconds()
      const each = first ? (elapsed - first.elapsed) / (batch - first.batch) : elapsed / batch
      first ??= { batch, elapsed }
      const last = earlierSeconds.at(-1) ?? each * batches
      return {
        imagesPerSecond: elapsed > 0 ? films / elapsed : 0,
        secondsLeft: each * (batches - batch) + epochsLeft * last,
      }
    },
  }
}
