/** A leak in words, the same on every page, report and package. */
import type { Overlap, SplitLeak, SplitReport } from '../domain/split.ts'
import type { Part } from '../domain/part.ts'

const partWords: Readonly<Record<Part, string>> = {
  train: 'training',
  validation: 'validation',
  test: 'test',
}

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`

const groupWords: Readonly<Record<Overlap['kind'], readonly [one: string, many: string]>> = {
  patient: ['patient', 'patients'],
  copy: ['film with equal copies', 'films with equal copies'],
  'near-copy': ['group of nearly equal films', 'groups of nearly equal films'],
}

/** «12 patients in training and test (30 and 14 films)». */
export function overlapWords({ kind, parts, groups, films }: Overlap): string {
  const who = plural(groups, ...groupWords[kind])
  const [first, second] = parts.map((part) => partWords[part])
  return `${who} in ${first!} and ${second!} (${films[0]} and ${films[1]} films)`
}

export const overlapsInWords = (overlaps: readonly Overlap[]): string =>
  overlaps.map(overlapWords).join('; ')

/** Of a split without overlaps, as far as was looked. */
export const soundWords = ({ nearCopies }: Pick<SplitReport, 'nearCopies'>): string =>
  nearCopies === undefined
    ? 'No patient and no copy stands in two parts.'
    : 'No patient, no copy and no nearly equal film stands in two parts.'

/** What stands beside every figure of a training that a person insisted on. */
export const leakWords = ({ overlaps }: SplitLeak): string =>
  `LEAKY SPLIT: ${overlapsInWords(overlaps)}. Its figures are better than the network is.`
