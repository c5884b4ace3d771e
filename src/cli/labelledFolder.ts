/** A folder of films with classes, as a training or an evaluation takes it. */
import type { FolderSurvey, Refusal } from '../shared/domain/film.ts'
import type { LabelledFilm } from '../shared/domain/training.ts'
import { isForeign } from './failures.ts'
import type { Output } from './output.ts'
import { UsageError } from './usageError.ts'

/**
 * Films with a class, labelled by its place in `classes`.
 * Throws UsageError for a class that is not in the list, and when no film has one.
 */
export function labelledFilms(
  { root, films }: FolderSurvey,
  classes: readonly string[],
): LabelledFilm[] {
  const labels = new Map(classes.map((className, label) => [className.toLowerCase(), label]))
  const labelled = films.flatMap(({ path, className, patient, part }) => {
    if (className === undefined) return []
    const label = labels.get(className.toLowerCase())
    if (label === undefined) {
      throw new UsageError(
        `${path}: the model does not know the class «${className}» (it knows ${classes.join(', ')})`,
      )
    }
    return [{ path, label, patient, part }]
  })
  if (labelled.length > 0) return labelled
  throw new UsageError(
    `${root}: no labelled films; put the films of each class into its own folder`,
  )
}

/**
 * Says which files of a folder were passed over. A read-me among the films is no failure; a picture that
 * cannot be read is. Returns the failures.
 */
export function notePassedOver(output: Output, { refused }: FolderSurvey): Refusal[] {
  const foreign = refused.filter(isForeign)
  if (foreign.length > 0) {
    const [first] = foreign
    output.note(
      foreign.length === 1
        ? `Passed over: ${first!.reason}`
        : `Passed over ${foreign.length} files that are no pictures, the first: ${first!.reason}`,
    )
  }
  return refused.filter((refusal) => !isForeign(refusal))
}
