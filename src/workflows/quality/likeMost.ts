/** How like most films of the data set each film is, by the bits of their hashes. */

/** Fewer films make no majority. */
const LEAST_FILMS = 20
const BITS = 256

/**
 * From −1 to 1: share of the bits that agree with most films, less the share that does not; a negative gets below 0, since
 * each of its frequencies is turned over, and a picture of something else about 0. Undefined for films without a hash,
 * and for all where there are too few.
 */
export function likeMost(hashes: readonly (string | undefined)[]): (number | undefined)[] {
  const known = hashes.filter((hash) => hash !== undefined).map(bitsOf)
  if (known.length < LEAST_FILMS) return hashes.map(() => undefined)
  const counts = new Float64Array(BITS)
  for (const bits of known) bits.forEach((bit, at) => (counts[at]! += bit))
  const most = counts.map((count) => Number(2 * count > known.length))
  return hashes.map((hash) => {
    if (hash === undefined) return undefined
    const agreeing = bitsOf(hash).reduce((sum, bit, at) => sum + Number(bit === most[at]), 0)
    return (2 * agreeing) / BITS - 1
  })
}

const bitsOf = (hash: string): number[] =>
  Array.from(hash).flatMap((digit) => {
    const value = parseInt(digit, 16)
    return [value >> 3, (value >> 2) & 1, (value >> 1) & 1, value & 1]
  })
