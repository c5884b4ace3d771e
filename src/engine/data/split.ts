/** Who is trained on, who is watched, who is kept for the test. Pure and seeded. */
import {
  testShareWithoutParts,
  type LabelledFilm,
  type Part,
} from '../../shared/domain/training.ts'
import { AppError } from '../../shared/errors.ts'
import { randomStream } from './random.ts'
import { shuffled } from './shuffle.ts'

export interface SplitOptions {
  /** Names of the labels, for messages. */
  readonly classes: readonly string[]
  /** Share of the training patients held out where no film stands in a validation part; 0 holds out none. */
  readonly validationShare: number
  readonly seed: number
  /** Cross-validation: the fold that is watched, from 1, and how many there are. */
  readonly fold?: { readonly index: number; readonly of: number }
}

export type AssignedFilm = LabelledFilm & { readonly part: Part }

/**
 * Gives every film a part; films come back in the order given. What is decided:
 * - A film that has a part keeps it. One without goes where its patient already is, else to train.
 * - Without any part in the data, `testShareWithoutParts` of the patients are held out for the test first.
 * - Without a validation film, `validationShare` of the training patients are held out.
 * Patients are drawn within each class (by their films' commonest label), all their films together, the
 * same ones whatever the order of the films. A class with one patient keeps it in train.
 * With a fold, films of a test part stay there, and the patients of all others fall into folds; one fold is watched.
 * Throws BAD_INPUT when a class has no training film.
 */
export function assignParts(films: readonly LabelledFilm[], options: SplitOptions): AssignedFilm[] {
  if (options.fold) return checked(assignFold(films, options.seed, options.fold), options.classes)
  const parts = new Map<string, Part>()
  const hasParts = films.some((film) => film.part !== undefined)
  for (const { patient, part } of films) {
    if (part !== undefined && parts.get(patient) !== 'train') parts.set(patient, part)
  }
  const assign = (): AssignedFilm[] =>
    films.map((film) => ({ ...film, part: film.part ?? parts.get(film.patient) ?? 'train' }))

  if (!hasParts) holdOut(films, 'test', testShareWithoutParts, options.seed, parts)
  if (!assign().some((film) => film.part === 'validation')) {
    const training = assign().filter((film) => film.part === 'train')
    const held = new Map<string, Part>()
    holdOut(training, 'validation', options.validationShare, options.seed, held)
    const assigned = assign().map((film) =>
      film.part === 'train' && held.has(film.patient)
        ? { ...film, part: 'validation' as const }
        : film,
    )
    return checked(assigned, options.classes)
  }
  return checked(assign(), options.classes)
}

/**
 * Patients are dealt out to the folds within each class, in an order that follows from the seed alone, so that every
 * fold of a sweep comes from one and the same deal.
 */
function assignFold(
  films: readonly LabelledFilm[],
  seed: number,
  { index, of }: { readonly index: number; readonly of: number },
): AssignedFilm[] {
  const tested = new Set(films.flatMap(({ part, patient }) => (part === 'test' ? [patient] : [])))
  const others = films.filter(({ patient }) => !tested.has(patient))
  const watched = new Set<string>()
  for (const [label, patients] of patientsByClass(others)) {
    const order = shuffled(patients, randomStream(seed, `fold/${of}/${label}`))
    order.forEach((patient, at) => {
      if (at % of === index - 1) watched.add(patient)
    })
  }
  return films.map((film) => {
    if (tested.has(film.patient)) return { ...film, part: 'test' }
    return { ...film, part: watched.has(film.patient) ? 'validation' : 'train' }
  })
}

/** Puts a share of the films' patients into a part, class by class. */
function holdOut(
  films: readonly LabelledFilm[],
  part: Part,
  share: number,
  seed: number,
  parts: Map<string, Part>,
): void {
  if (share <= 0) return
  for (const [label, patients] of patientsByClass(films)) {
    const random = randomStream(seed, `split/${part}/${label}`)
    const wanted = Math.max(1, Math.round(share * patients.length))
    const held = shuffled(patients, random).slice(0, Math.min(wanted, patients.length - 1))
    for (const patient of held) parts.set(patient, part)
  }
}

/** Patients in order of their keys, under the commonest label of their films (of equals the lowest). */
function patientsByClass(films: readonly LabelledFilm[]): Map<number, string[]> {
  const labels = new Map<string, Map<number, number>>()
  for (const { patient, label } of films) {
    const counts = labels.get(patient) ?? new Map<number, number>()
    labels.set(patient, counts.set(label, (counts.get(label) ?? 0) + 1))
  }
  const byClass = new Map<number, string[]>()
  for (const patient of [...labels.keys()].sort()) {
    const [commonest] = [...labels.get(patient)!].sort((a, b) => b[1] - a[1] || a[0] - b[0])
    const label = commonest![0]
    const patients = byClass.get(label) ?? []
    patients.push(patient)
    byClass.set(label, patients)
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
