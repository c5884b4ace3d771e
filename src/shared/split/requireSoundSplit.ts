import type { SplitLeak } from '../domain/split.ts'
import { AppError } from '../errors.ts'
import { leakOf, type PlacedFilm } from './overlap.ts'
import { overlapsInWords } from './words.ts'

/**
 * What of a training's split stands on both sides, where a person insists on it; undefined for a sound one. Folds are
 * dealt anew by patient, so they are sound. Throws LEAK for a leaky split that nobody insists on.
 */
export function requireSoundSplit(
  films: readonly PlacedFilm[],
  { name, fold, allowLeak }: { readonly name: string; readonly fold?: string | undefined; readonly allowLeak: boolean }, // prettier-ignore
): SplitLeak | undefined {
  const leak = fold === undefined ? leakOf(films) : undefined
  if (!leak || allowLeak) return leak
  throw new AppError(
    'LEAK',
    `The split of «${name}» leaks: ${overlapsInWords(leak.overlaps)}. Figures from it would be better than the network is. ` +
      'Mend the split, or insist to train all the same; then the overlap is written beside every result.',
  )
}
