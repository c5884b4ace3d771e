/** A leak in words, the same on every page, report and package. */
import type { Overlap, SplitLeak } from '../domain/split.ts'
import type { Part } from '../domain/part.ts'

const partWords: Readonly<Record<Part, string>> = {
  train: 'training',
  validation: 'validation',
  test: 'test',
}

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`

/** «12 patients in training and test (30 and 14 films)». */
export function overlapWords({ kind, parts, groups, films }: Overlap): string {
  const who =
    kind === 'patient'
      ? plural(groups, 'patient', 'patients')
      : plural(groups, 'film with equal copies', 'films with equal copies')
  const [first, second] = parts.map((part) => partWords[part])
  return `${who} in ${first!} and ${second!} (${films[0]} and ${films[1]} films)`
}

export const overlapsInWords = (overlaps: readonly Overlap[]): string =>
  overlaps.map(overlapWords).join('; ')

/** What stands beside every figure of a training that a person insisted on. */
export const leakWords = ({ overlaps }: SplitLeak): string =>
  `LEAKY SPLIT: ${overlapsInWords(overlaps)}. Its figures are better than the network is.`
