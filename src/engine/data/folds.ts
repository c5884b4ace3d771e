/** Cross-validation by patient. */
import type { LabelledFilm } from '../../shared/domain/training.ts'
import { randomStream } from './random.ts'
import { shuffled } from './shuffle.ts'
import { patientsByClass } from './split.ts'

/**
 * The fold (from 0) that each film is watched in, in the order of the films. Patients are dealt out class by class in an
 * order drawn from `seed`, all films of a patient together, so that folds hold equally many patients of each class to
 * within one.
 */
export function foldsOf(
  films: readonly LabelledFilm[],
  { folds, seed }: { readonly folds: number; readonly seed: number },
): number[] {
  const foldOf = new Map<string, number>()
  for (const [label, patients] of patientsByClass(films)) {
    const order = shuffled(patients, randomStream(seed, `folds/${label}`))
    for (const [place, patient] of order.entries()) foldOf.set(patient, place % folds)
  }
  return films.map(({ patient }) => foldOf.get(patient)!)
}
