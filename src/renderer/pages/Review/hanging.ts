/** Which films hang side by side: frontal on the left, lateral on its right; otherwise the prior on the right. */
import type { OtherFilm } from '../../../shared/domain/review.ts'
import { isFrontal, isLateral } from '../../../shared/filmView.ts'
import type { ShownFilm } from './shownFilm.ts'

export type Layout = 'auto' | 'one' | 'two'

/** Another film that may hang beside the one that is read. */
export interface Companion extends ShownFilm {
  readonly relation: OtherFilm['relation']
}

export interface Hanging {
  readonly left: ShownFilm
  readonly right?: ShownFilm
  /** Where the film hangs that is read. */
  readonly reads: 0 | 1
  /** Whether the two are of one kind, so that moving one may move the other. */
  readonly alike: boolean
}

/** `chosen`: what the reader picked to hang beside it; undefined for what suits, null for nothing. */
export function hang(
  film: ShownFilm,
  companions: readonly Companion[],
  layout: Layout,
  chosen?: string | null,
): Hanging {
  const alone: Hanging = { left: film, reads: 0, alike: true }
  if (layout === 'one' || chosen === null) return alone
  const picked = companions.find(({ image }) => image.id === chosen)
  const partner = picked ?? partnerOf(film, companions)
  if (!partner || (layout === 'auto' && !picked && !suits(film, partner))) return alone
  if (isOfSide(film) && isOfFront(partner)) {
    return { left: partner, right: film, reads: 1, alike: false }
  }
  return { left: film, right: partner, reads: 0, alike: isOfSide(film) === isOfSide(partner) }
}

/** The other projection of the study, the newest prior of the same projection, any prior, any other film. */
function partnerOf(film: ShownFilm, companions: readonly Companion[]): Companion | undefined {
  const prior = companions.filter(({ relation }) => relation === 'prior')
  return (
    companions.find((other) => isOtherProjection(film, other)) ??
    prior.find((other) => isOfSide(other) === isOfSide(film)) ??
    prior[0] ??
    companions[0]
  )
}

/** Two films of one study that are no pair of projections do not hang together unasked. */
const suits = (film: ShownFilm, other: Companion): boolean =>
  other.relation === 'prior' || isOtherProjection(film, other)

const isOtherProjection = (film: ShownFilm, other: Companion): boolean =>
  other.relation === 'same-study' &&
  ((isOfFront(film) && isOfSide(other)) || (isOfSide(film) && isOfFront(other)))

const isOfSide = ({ dicom }: ShownFilm) => isLateral(dicom?.viewPosition ?? '')
const isOfFront = ({ dicom }: ShownFilm) => isFrontal(dicom?.viewPosition ?? '')
