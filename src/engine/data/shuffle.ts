import { below, type Random } from './random.ts'

/** A copy in random order, each order equally likely (Fisher and Yates, as Durstenfeld has it). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = shuffledOrder(items.length, random)
  return Array.from(order, (at) => items[at]!)
}

/** The numbers 0 to count − 1 in random order. */
export function shuffledOrder(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, at) => at)
  for (let last = count - 1; last > 0; last--) {
    const other = below(random, last + 1)
    const kept = order[last]!
    order[last] = order[other]!
    order[other] = kept
  }
  return order
}
