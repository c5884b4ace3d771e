/** Films dealt to parts as a plan says, on paper. */
import type { SplitPlan } from '../../shared/domain/split.ts'
import type { Part } from '../../shared/domain/part.ts'
import { dealFolds, drawUnits } from './split.ts'

export interface FilmToDeal {
  /** Index of its class. */
  readonly label: number
  /** Films of one group stay together. */
  readonly group: string
}

export interface DealtFilms {
  /** Null where no part holds the film: it falls into a fold. */
  readonly parts: (Part | null)[]
  /** From 0; null for films of the test, and where there are no folds. */
  readonly folds: (number | null)[]
}

/**
 * Draws groups (or, by image, films) within each class. The same films, plan and seed give the same parts. Folds are
 * those that a training with this seed and `fold` k/n deals. A class of one group keeps it in train.
 */
export function splitFilms({
  films,
  plan,
}: {
  readonly films: readonly FilmToDeal[]
  readonly plan: SplitPlan
}): DealtFilms {
  const { by, seed, test, validation, folds } = plan
  const units = films.map(({ label, group }, at) => ({
    label,
    unit: by === 'image' ? String(at).padStart(8, '0') : group,
  }))
  const tested = drawUnits(units, 'test', test, seed)
  const others = units.filter(({ unit }) => !tested.has(unit))
  if (folds !== undefined) {
    const dealt = dealFolds(others, seed, folds)
    return {
      parts: units.map(({ unit }) => (tested.has(unit) ? 'test' : null)),
      folds: units.map(({ unit }) => dealt.get(unit) ?? null),
    }
  }
  // A share of all patients, not of those that the test has left.
  const share = validation === 0 ? 0 : Math.min(1, validation / (1 - test))
  const watched = drawUnits(others, 'validation', share, seed)
  return {
    parts: units.map(({ unit }) =>
      tested.has(unit) ? 'test' : watched.has(unit) ? 'validation' : 'train',
    ),
    folds: units.map(() => null),
  }
}
