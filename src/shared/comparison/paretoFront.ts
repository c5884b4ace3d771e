/** A candidate: what it costs (less is better) and what it brings (more is better). */
export interface Candidate {
  readonly cost: number
  readonly value: number
}

/**
 * The candidates that no other one beats: none costs at most as much and brings at least as much, with one of
 * the two truly better (Pareto). Cheapest first; of equal ones all are kept.
 */
export function paretoFront<Item extends Candidate>(items: readonly Item[]): Item[] {
  const front = items.filter((item) => !items.some((other) => beats(other, item)))
  return front.sort((a, b) => a.cost - b.cost)
}

const beats = (a: Candidate, b: Candidate): boolean =>
  a.cost <= b.cost && a.value >= b.value && (a.cost < b.cost || a.value > b.value)
