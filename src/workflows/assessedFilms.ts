import type { AssessedFilter } from '../shared/domain/assessment.ts'
import { facetsOf } from './filmFacets.ts'
import type { Library } from './library.ts'

export interface AssessedPage {
  readonly filter: AssessedFilter
  readonly offset: number
  readonly limit: number
}

/** The films behind a figure: of an assessment, a cell, a bin, a subgroup, or those that a change makes called otherwise. */
export function assessedFilms(
  { store }: Pick<Library, 'store'>,
  { filter, offset, limit }: AssessedPage,
) {
  // prettier-ignore
  const { subgroup, assessmentId } = filter
  if (!subgroup) return store.assessments.page(filter, offset, limit)
  const films = store.assessments.scores(assessmentId)
  const values =
    facetsOf(films.map(({ imageId }) => store.images.get(imageId)))[subgroup.facet] ?? []
  const within = films.flatMap(({ imageId }, at) =>
    values[at] === subgroup.value ? [imageId] : [],
  )
  return store.assessments.page(filter, offset, limit, within)
}
