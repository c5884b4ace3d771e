import { isColour, range, type Film } from './film.ts'

/** How often real values occur, in bins of equal width from the smallest to the largest value. */
export interface Histogram {
  readonly counts: Uint32Array
  /** Real value in the middle of the first bin, and from one bin to the next. */
  readonly first: number
  readonly step: number
  readonly total: number
}

const finest = 65_536
/** Samples looked at: enough for a percentile, and at most some 10 ms of work. */
const enough = 2 ** 22

const known = new WeakMap<object, Histogram>()

/** Counted once for each film; padding is left out, and so is colour, which has no greys to count. */
export function histogramOf(film: Film): Histogram {
  const found = known.get(film.samples)
  if (found) return found
  const histogram = counted(film)
  known.set(film.samples, histogram)
  return histogram
}

function counted(film: Film): Histogram {
  const { samples, description, minimum } = film
  const { slope, intercept, padding, sampleType } = description
  const whole = sampleType !== 'float32'
  const bins = whole ? Math.round(range(film) / Math.abs(slope)) + 1 : finest
  const counts = new Uint32Array(Math.min(Math.max(bins, 1), finest))
  const step = counts.length > 1 ? range(film) / (counts.length - 1) : 1
  const from = padding?.from ?? Infinity
  const to = padding?.to ?? -Infinity
  // An odd stride does not fall into the rhythm of rows, whose lengths are mostly even.
  const stride = Math.floor(samples.length / enough) * 2 + 1
  let total = 0
  const end = isColour(film) ? 0 : samples.length
  for (let index = 0; index < end; index += stride) {
    const sample = samples[index]!
    if (sample >= from && sample <= to) continue
    const bin = Math.round((slope * sample + intercept - minimum) / step)
    if (bin < 0 || bin >= counts.length) continue
    counts[bin]! += 1
    total += 1
  }
  return { counts, first: minimum, step, total }
}

/** The smallest value that at least `share` of all values do not exceed. */
export function percentile({ counts, first, step, total }: Histogram, share: number): number {
  let seen = 0
  for (let bin = 0; bin < counts.length; bin++) {
    seen += counts[bin]!
    if (seen > 0 && seen >= share * total - 1e-6) return first + bin * step
  }
  return first + (counts.length - 1) * step
}

/** The counts in `columns` broader bins, as a chart draws them. */
export function coarse({ counts }: Histogram, columns: number): number[] {
  const sums = Array.from({ length: Math.min(columns, counts.length) }, () => 0)
  counts.forEach((count, bin) => {
    sums[Math.floor((bin * sums.length) / counts.length)]! += count
  })
  return sums
}
