/** Who is trained on, who is watched, who is kept for the test. Pure and seeded. */
import type { Part } from '../../shared/domain/part.ts'
import { testShareWithoutParts, type LabelledFilm } from '../../shared/domain/training.ts'
import { AppError } from '../../shared/errors.ts'
import type { Fold } from '../../shared/split/fold.ts'
import { randomStream } from './random.ts'
import { shuffled } from './shuffle.ts'

export interface SplitOptions {
  /** Names of the labels, for messages. */
  readonly classes: readonly string[]
  /** Share of the training patients held out where no film stands in a validation part; 0 holds out none. */
  readonly validationShare: number
  readonly seed: number
  /** Cross-validation: the fold that is watched. */
  readonly fold?: Fold
}

export type AssignedFilm = LabelledFilm & { readonly part: Part }

/** What is drawn as one: the films of a patient, or of a group that the caller made. */
interface Unit {
  readonly unit: string
  readonly label: number
}

const unitOf = ({ group, patient }: LabelledFilm): string => group ?? patient

const unitsOf = (films: readonly LabelledFilm[]): Unit[] =>
  films.map((film) => ({ unit: unitOf(film), label: film.label }))

/**
 * Gives every film a part; films come back in the order given. What is decided:
 * - A film that has a part keeps it. One without goes where its patient already is, else to train.
 * - Without any part in the data, `testShareWithoutParts` of the patients are held out for the test first.
 * - Without a validation film, `validationShare` of the training patients are held out.
 * Patients (or groups, where films name one) are drawn within each class (by their films' commonest label), all their
 * films together, the same ones whatever the order of the films. A class with one patient keeps it in train.
 * With a fold, films of a test part stay there, and the patients of all others fall into folds; one fold is watched.
 * Throws BAD_INPUT when a class has no training film.
 */
export function assignParts(films: readonly LabelledFilm[], options: SplitOptions): AssignedFilm[] {
  if (options.fold) return checked(assignFold(films, options.seed, options.fold), options.classes)
  const parts = new Map<string, Part>()
  const hasParts = films.some((film) => film.part !== undefined)
  for (const film of films) {
    const unit = unitOf(film)
    if (film.part !== undefined && parts.get(unit) !== 'train') parts.set(unit, film.part)
  }
  const assign = (): AssignedFilm[] =>
    films.map((film) => ({ ...film, part: film.part ?? parts.get(unitOf(film)) ?? 'train' }))

  if (!hasParts) {
    const tested = drawUnits(unitsOf(films), 'test', testShareWithoutParts, options.seed)
    for (const unit of tested) parts.set(unit, 'test')
  }
  if (!assign().some((film) => film.part === 'validation')) {
    const training = assign().filter((film) => film.part === 'train')
    const held = drawUnits(unitsOf(training), 'validation', options.validationShare, options.seed)
    const assigned = assign().map((film) =>
      film.part === 'train' && held.has(unitOf(film))
        ? { ...film, part: 'validation' as const }
        : film,
    )
    return checked(assigned, options.classes)
  }
  return checked(assign(), options.classes)
}

function assignFold(
  films: readonly LabelledFilm[],
  seed: number,
  { index, of }: Fold,
): AssignedFilm[] {
  const tested = new Set(films.flatMap((film) => (film.part === 'test' ? [unitOf(film)] : [])))
  const others = films.filter((film) => !tested.has(unitOf(film)))
  const folds = dealFolds(unitsOf(others), seed, of)
  return films.map((film) => {
    if (tested.has(unitOf(film))) return { ...film, part: 'test' }
    return { ...film, part: folds.get(unitOf(film)) === index - 1 ? 'validation' : 'train' }
  })
}

/**
 * The fold of each unit, from 0. They are dealt out within each class, in an order that follows from the seed alone, so
 * that every fold of a sweep comes from one and the same deal.
 */
export function dealFolds(units: readonly Unit[], seed: number, of: number): Map<string, number> {
  const folds = new Map<string, number>()
  for (const [label, ofClass] of unitsByClass(units)) {
    const order = shuffled(ofClass, randomStream(seed, `fold/${of}/${label}`))
    order.forEach((unit, at) => folds.set(unit, at % of))
  }
  return folds
}

/** A share of the units, class by class; at least one of each class, and never all of it. */
export function drawUnits(
  units: readonly Unit[],
  part: Part,
  share: number,
  seed: number,
): Set<string> {
  const drawn = new Set<string>()
  if (share <= 0) return drawn
  for (const [label, ofClass] of unitsByClass(units)) {
    const random = randomStream(seed, `split/${part}/${label}`)
    const wanted = Math.max(1, Math.round(share * ofClass.length))
    const held = shuffled(ofClass, random).slice(0, Math.min(wanted, ofClass.length - 1))
    for (const unit of held) drawn.add(unit)
  }
  return drawn
}

/** Units in order of their names, under the commonest label of their films (of equals the lowest). */
function unitsByClass(units: readonly Unit[]): Map<number, string[]> {
  const labels = new Map<string, Map<number, number>>()
  for (const { unit, label } of units) {
    const counts = labels.get(unit) ?? new Map<number, number>()
    labels.set(unit, counts.set(label, (counts.get(label) ?? 0) + 1))
  }
  const byClass = new Map<number, string[]>()
  for (const unit of [...labels.keys()].sort()) {
    const [commonest] = [...labels.get(unit)!].sort((a, b) => b[1] - a[1] || a[0] - b[0])
    const label = commonest![0]
    const ofClass = byClass.get(label) ?? []
    ofClass.push(unit)
    byClass.set(label, ofClass)
  }
  return byClass
}

function checked(films: AssignedFilm[], classes: readonly string[]): AssignedFilm[] {
  const trained = new Set(films.filter((film) => film.part === 'train').map((film) => film.label))
  const missing = classes.filter((_, label) => !trained.has(label))
  if (missing.length === 0) return films
  throw new AppError(
    'BAD_INPUT',
    `No training film of ${missing.map((name) => `«${name}»`).join(', ')}: add films of this class, or leave the class out`,
  )
}
