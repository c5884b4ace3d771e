import type { FindingKind } from '../../../../shared/domain/findingKind.ts'
import type { Decision, QualityFacts, Severity } from '../../../../shared/domain/quality.ts'
import { metric, percent } from '../../../format.ts'

interface KindWords {
  readonly title: string
  /** What it means and what it does not. */
  readonly hint: string
}

export const kindWords: Readonly<Record<FindingKind, KindWords>> = {
  duplicate: {
    title: 'Identical films',
    hint: 'The same pixels more than once. Copies on both sides of a split make a test too easy.',
  },
  'near-duplicate': {
    title: 'Nearly identical',
    hint: 'Saved again, resized or brightened, by their perceptual hashes.',
  },
  'same-patient': {
    title: 'Alike, of one patient',
    hint: 'Most likely several exposures: no copies, and no fault as long as they are split together.',
  },
  label: {
    title: 'Suspicious labels',
    hint: 'Predictions learned from other patients’ films speak for another class. A doubt, not a diagnosis.',
  },
  unreadable: { title: 'Unreadable', hint: 'The original is gone, moved or damaged.' },
  'not-chest': {
    title: 'Perhaps no chest film',
    hint: 'By DICOM, or unlike the films of the bundled model’s training or of this data set.',
  },
  lateral: {
    title: 'Perhaps lateral or turned',
    hint: 'By DICOM, or the halves are less alike than those of frontal films.',
  },
  inverted: {
    title: 'Perhaps inverted',
    hint: 'The negative is like the other films. Turn a film over in Review.',
  },
  colour: { title: 'In colour', hint: 'A photograph, or a picture with coloured marks.' },
  text: {
    title: 'Burned-in writing',
    hint: 'Small signs in a line. They may name a patient, and a network may learn them.',
  },
  blurred: { title: 'Blurred', hint: 'Far less sharp than the other films of the data set.' },
  'low-contrast': {
    title: 'Low contrast',
    hint: 'Far less contrast than the other films of the data set.',
  },
  clipped: { title: 'Clipped', hint: 'Much of the exposed part is all black or all white.' },
  border: { title: 'Borders of one grey', hint: 'A frame was added around the film.' },
  collimated: { title: 'Mostly unexposed', hint: 'The exposed part takes less than half.' },
  size: { title: 'Odd size', hint: 'Very small, or far from the size or shape of the others.' },
  outlier: {
    title: 'Unlike the others',
    hint: 'What the bundled model sees is far from the middle of the data set.',
  },
}

/** Findings on a film that nobody has decided on. */
export const flagWords = (flags: readonly FindingKind[] | undefined): string =>
  flags?.map((kind) => kindWords[kind].title).join(', ') ?? 'Nothing open'

export const severityTones: Readonly<Record<Severity, 'problem' | 'warning' | 'plain'>> = {
  high: 'problem',
  medium: 'warning',
  low: 'plain',
}

export const decisionWords: Readonly<Record<Decision, string>> = {
  keep: 'Kept',
  exclude: 'Excluded',
  relabel: 'Relabelled',
  'no-issue': 'Not an issue',
}

/** One line: «8 bits · mean 0.482 · contrast 0.231 · 3 % clipped · 92 % exposed · sharpness −3.21». */
export function describeFacts(facts: QualityFacts): string {
  const { bitsStored, bitsUsed, mean, contrast, clippedBlack, clippedWhite, exposed } = facts
  const area = (exposed.right - exposed.left) * (exposed.bottom - exposed.top)
  return [
    bitsUsed === bitsStored ? `${bitsStored} bits` : `${bitsUsed} of ${bitsStored} bits used`,
    `mean ${metric(mean)}`,
    `contrast ${metric(contrast)}`,
    `${percent(Math.max(clippedBlack, clippedWhite))} clipped`,
    `${percent(area)} exposed`,
    ...(facts.sharpness === undefined ? [] : [`sharpness ${facts.sharpness.toFixed(2)}`]),
    ...(facts.polarity === undefined ? [] : [facts.polarity]),
  ].join(' · ')
}
