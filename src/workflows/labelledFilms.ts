/** A data set's films as a training or an evaluation takes them. */
import type { LabelledFilm } from '../shared/domain/training.ts'
import { AppError } from '../shared/errors.ts'
import { filmGroups } from '../shared/split/groups.ts'
import type { StoredImage } from '../store/image.ts'
import type { SplitFilm } from './splitFilms.ts'

/** Films that count: with a class, and not excluded. */
export const usableFilms = <Film extends StoredImage>(images: readonly Film[]): Film[] =>
  images.filter(({ className, excluded }) => className !== undefined && excluded !== true)

/**
 * Films that count, labelled by their class's place in `classes`; equal and nearly equal films stay together as films of a patient do.
 * Throws BAD_INPUT for a class that is not in the list.
 */
export function labelledFilms(
  images: readonly SplitFilm[],
  classes: readonly string[],
): LabelledFilm[] {
  const labels = new Map(classes.map((className, label) => [className, label]))
  const films = usableFilms(images)
  const groups = filmGroups(films)
  return films.map(({ path, className, patient, part }, at) => {
    const label = labels.get(className!)
    if (label === undefined) {
      throw new AppError(
        'BAD_INPUT',
        `The films are of a class '${className!}' that the model does not know (it knows ${classes.join(', ')})`,
      )
    }
    const group = groups[at]!
    return { path, label, patient, part, ...(group !== patient && { group }) }
  })
}
