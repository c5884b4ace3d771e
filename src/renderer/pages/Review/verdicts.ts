import type { Verdict } from '../../../shared/domain/review.ts'

/** In the order of the buttons; the letter is the key and the mark in the worklist. */
export const verdicts: readonly {
  readonly verdict: Verdict
  readonly label: string
  readonly letter: string
}[] = [
  { verdict: 'normal', label: 'Normal', letter: 'N' },
  { verdict: 'pneumonia', label: 'Pneumonia', letter: 'P' },
  { verdict: 'unsure', label: 'Unsure', letter: 'U' },
  { verdict: 'bad-quality', label: 'Bad quality', letter: 'Q' },
]

const byName = new Map(verdicts.map((each) => [each.verdict, each]))

export const verdictLabel = (verdict: Verdict): string => byName.get(verdict)!.label
export const verdictLetter = (verdict: Verdict): string => byName.get(verdict)!.letter
