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
  const known = hashes.filter((hash) => hash !== undefined)
  if (known.length < LEAST_FILMS) return hashes.map(() => undefined)
  const most = mostBits(known)
  return hashes.map((hash) => {
    if (hash === undefined) return undefined
    let differing = 0
    for (let at = 0; at < most.length; at++) differing += bitsIn[most[at]! ^ digit(hash, at)]!
    return 1 - (2 * differing) / BITS
  })
}

/** The bits that more than half of the hashes have, four a number. */
function mostBits(hashes: readonly string[]): number[] {
  const counts = new Uint32Array(BITS)
  for (const hash of hashes) {
    for (let at = 0; at < BITS / 4; at++) {
      const value = digit(hash, at)
      for (let bit = 0; bit < 4; bit++) counts[4 * at + bit]! += (value >> bit) & 1
    }
  }
  return Array.from({ length: BITS / 4 }, (_, at) =>
    [0, 1, 2, 3].reduce(
      (value, bit) => value | (Number(2 * counts[4 * at + bit]! > hashes.length) << bit),
      0,
    ),
  )
}

const bitsIn = Array.from({ length: 16 }, (_, value) =>
  [1, 2, 4, 8].reduce((sum, bit) => sum + Number((value & bit) > 0), 0),
)

/** Of lower-case hexadecimal. */
function digit(hash: string, at: number): number {
  const code = hash.charCodeAt(at)
  return code < 58 ? code - 48 : code - 87
}
