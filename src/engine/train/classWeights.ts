/**
 * films / (classes × films of the class) for each class, so that every class weighs the same in sum.
 * A class without films has no films to weigh: 0.
 */
export function classWeights(labels: readonly number[], classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0)
  for (const label of labels) counts[label]!++
  return counts.map((count) => (count === 0 ? 0 : labels.length / (classes * count)))
}
