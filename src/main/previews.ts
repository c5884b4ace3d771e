/** What surveys found, kept until an import names one. */
import type { FolderSurvey } from '../shared/domain/film.ts'
import type { LabelOrder } from '../shared/domain/labelTable.ts'
import { AppError } from '../shared/errors.ts'
import { newId } from '../store/newId.ts'

/** A survey of 50,000 films takes some ten megabytes, so only the newest few are kept. */
const kept = 4

interface Previewed {
  readonly paths: readonly string[]
  readonly labels: LabelOrder | undefined
  readonly survey: FolderSurvey
}

export function createPreviews() {
  const surveys = new Map<string, Previewed>()
  return {
    add(survey: Previewed): string {
      const id = newId()
      surveys.set(id, survey)
      for (const old of [...surveys.keys()].slice(0, -kept)) surveys.delete(old)
      return id
    },
    /** Throws NOT_FOUND for one that was given up. */
    get(id: string): Previewed {
      const survey = surveys.get(id)
      if (!survey) throw new AppError('NOT_FOUND', 'Choose the folder again: its preview is gone')
      return survey
    },
  }
}
