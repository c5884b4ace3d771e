/** Seeded chance: the same seed and stream name give the same draws on every machine. */

/** Four unsigned 32-bit words; enough to go on exactly where a generator stood. */
export type RandomState = readonly [number, number, number, number]

export interface Random {
  /** Uniform in [0, 1), in steps of 2⁻³². */
  readonly next: () => number
  readonly state: () => RandomState
}

/** sfc32 (Chris Doty-Humphrey, PractRand: passes its tests to 16 TB and more), from a saved state. */
export function randomFrom(state: RandomState): Random {
  let [a, b, c, counter] = state
  return {
    next: () => {
      const sum = (a + b + counter) | 0
      counter = (counter + 1) | 0
      a = b ^ (b >>> 9)
      b = (c + (c << 3)) | 0
      c = (((c << 21) | (c >>> 11)) + sum) | 0
      return (sum >>> 0) / 2 ** 32
    },
    state: () => [a >>> 0, b >>> 0, c >>> 0, counter >>> 0],
  }
}

/**
 * A generator for one purpose. Streams of other names are independent of it, so that drawing more for
 * one purpose never changes another: `randomStream(seed, 'augment/3')`.
 */
export function randomStream(seed: number, name: string): Random {
  const text = `${seed}/${name}`
  const random = randomFrom([hash(text, 1), hash(text, 2), hash(text, 3), 1])
  // The first draws still show the seed; the author's own seeding discards 12.
  for (let draw = 0; draw < 12; draw++) random.next()
  return random
}

/** Uniform in [low, high). */
export const uniform = (random: Random, low: number, high: number): number =>
  low + (high - low) * random.next()

/** A whole number from 0 to below `count`. */
export const below = (random: Random, count: number): number => Math.floor(random.next() * count)

/** Standard normal, by Box and Muller's transform; two draws. */
export function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()))
  return radius * Math.cos(2 * Math.PI * random.next())
}

/**
 * Beta distribution with both parameters `alpha` (above 0, at most 1), by Jöhnk's method; the number of draws varies.
 * In logarithms, as powers of 1/alpha vanish for a small one.
 */
export function symmetricBeta(random: Random, alpha: number): number {
  for (;;) {
    const x = Math.log(1 - random.next()) / alpha
    const y = Math.log(1 - random.next()) / alpha
    if (Math.exp(x) + Math.exp(y) <= 1) return 1 / (1 + Math.exp(y - x))
  }
}

/** FNV-1a over UTF-16 units, finished by MurmurHash3's mixer so that near seeds lie far apart. */
function hash(text: string, salt: number): number {
  let value = (0x811c9dc5 ^ Math.imul(salt, 0x9e3779b1)) | 0
  for (let at = 0; at < text.length; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
