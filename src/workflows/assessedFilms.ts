import type { AssessedFilter } from '../shared/domain/assessment.ts'
import { calledClass } from './predictedFilms.ts'
import { facetsOf } from './filmFacets.ts'
import type { Library } from './library.ts'

type Stored = Pick<Library, 'store'>

export interface AssessedPage {
  readonly filter: AssessedFilter
  readonly offset: number
  readonly limit: number
}

/**
 * The films behind a figure: of an assessment, a cell, a bin, a zone, a subgroup, those that a change makes called
 * otherwise, or those that one of two models alone decides rightly.
 */
export function assessedFilms({ store }: Stored, { filter, offset, limit }: AssessedPage) {
  const { subgroup, alone, assessmentId } = filter
  const sets = [
    ...(subgroup ? [inSubgroup({ store }, assessmentId, subgroup)] : []),
    ...(alone ? [decidedAlone({ store }, assessmentId, alone)] : []),
  ]
  const [first, ...others] = sets
  const within = first && [...first].filter((id) => others.every((set) => set.has(id)))
  return store.assessments.page(filter, offset, limit, within)
}

function inSubgroup(
  { store }: Stored,
  assessmentId: string,
  { facet, value }: NonNullable<AssessedFilter['subgroup']>,
): Set<string> {
  const films = store.assessments.scores(assessmentId)
  const values = facetsOf(films.map(({ imageId }) => store.images.get(imageId)))[facet] ?? []
  return new Set(films.flatMap(({ imageId }, at) => (values[at] === value ? [imageId] : [])))
}

function decidedAlone(
  { store }: Stored,
  assessmentId: string,
  { against, right }: NonNullable<AssessedFilter['alone']>,
): Set<string> {
  const rightly = (id: string) => {
    const { threshold } = store.models.get(store.assessments.get(id).modelId).manifest
    const films = store.assessments.scores(id)
    return new Map(
      films.map(({ imageId, label, probabilities }) => [
        imageId,
        calledClass(probabilities, threshold) === label,
      ]),
    )
  }
  const [own, other] = [rightly(assessmentId), rightly(against)]
  const [winner, loser] = right === 'this' ? [own, other] : [other, own]
  return new Set([...winner].flatMap(([id, isRight]) => (isRight && loser.get(id) === false ? [id] : []))) // prettier-ignore
}
