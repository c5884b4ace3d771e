/** Pairs of hashes that differ in few bits, found among all of them without leaving one out. */
import { throwIfCancelled } from '../../shared/errors.ts'
import type { Job } from '../../shared/rpc/contract.ts'
import { turnOfTheLoop } from '../../files/turnOfTheLoop.ts'

const WORDS = 8
/** Rows of the triangle of pairs between two looks at whether it is cancelled. */
const ROWS_AT_ONCE = 64

export interface AlikePair {
  readonly first: number
  readonly second: number
  /** Bits that differ. */
  readonly distance: number
}

/**
 * All pairs of 256-bit hashes at most `limit` bits apart, by place. Of equal hashes only the first meets the others;
 * the rest are paired with it alone, so that a thousand equal films make a thousand pairs.
 *
 * Each pair is looked at, and given up as soon as its first words differ too much. A BK-tree prunes by the triangle
 * inequality instead, which gains nothing here: see docs/datasets.md. Throws CANCELLED.
 */
export async function alikeHashes(
  hashes: readonly string[],
  limit: number,
  job: Job<{ done: number; total: number }>,
): Promise<AlikePair[]> {
  const { firsts, pairs } = withoutRepeats(hashes)
  const words = wordsOf(firsts.map((place) => hashes[place]!))
  for (let row = 0; row < firsts.length; row++) {
    if (row % ROWS_AT_ONCE === 0) {
      job.report({ done: row, total: firsts.length })
      await turnOfTheLoop()
      throwIfCancelled(job.signal)
    }
    for (let other = row + 1; other < firsts.length; other++) {
      const distance = distanceUpTo(words, row * WORDS, other * WORDS, limit)
      if (distance <= limit) pairs.push({ first: firsts[row]!, second: firsts[other]!, distance })
    }
  }
  return pairs
}

function withoutRepeats(hashes: readonly string[]) {
  const places = new Map<string, number>()
  const firsts: number[] = []
  const pairs: AlikePair[] = []
  for (const [place, hash] of hashes.entries()) {
    const first = places.get(hash)
    if (first !== undefined) pairs.push({ first, second: place, distance: 0 })
    else {
      places.set(hash, place)
      firsts.push(place)
    }
  }
  return { firsts, pairs }
}

function wordsOf(hashes: readonly string[]): Uint32Array {
  const words = new Uint32Array(hashes.length * WORDS)
  hashes.forEach((hash, at) => {
    for (let word = 0; word < WORDS; word++)
      words[at * WORDS + word] = parseInt(hash.slice(8 * word, 8 * word + 8), 16)
  })
  return words
}

/** Bits that differ; once there are more than `limit`, what was counted so far. */
function distanceUpTo(words: Uint32Array, a: number, b: number, limit: number): number {
  let distance = 0
  for (let word = 0; word < WORDS && distance <= limit; word++)
    distance += bitsOf(words[a + word]! ^ words[b + word]!)
  return distance
}

/** Number of bits that are set, by halves (Warren, «Hacker's Delight», 5-1). */
function bitsOf(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
