/** A data set's films as a training or an evaluation takes them. */
import type { LabelledFilm } from '../shared/domain/training.ts'
import { AppError } from '../shared/errors.ts'
import type { StoredImage } from '../store/image.ts'

/**
 * Films with a class, labelled by its place in `classes`; films without one, and those that a person excluded, are left
 * out.
 * Throws BAD_INPUT for a class that is not in the list.
 */
export function labelledFilms(
  images: readonly StoredImage[],
  classes: readonly string[],
): LabelledFilm[] {
  const labels = new Map(classes.map((className, label) => [className, label]))
  return images.flatMap(({ path, className, patient, part, excluded }) => {
    if (className === undefined || excluded) return []
    const label = labels.get(className)
    if (label === undefined) {
      throw new AppError(
        'BAD_INPUT',
        `The films are of a class '${className}' that the model does not know (it knows ${classes.join(', ')})`,
      )
    }
    return [{ path, label, patient, part }]
  })
}
